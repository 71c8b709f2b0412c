/**
 * Text of the spec as Markdown. Escapes what the site would read as a tag or a template, except in
 * code in backticks, which the site escapes itself.
 */
export const prose = (text: string): string =>
  text
    .split(/(`[^`\n]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : plain(part)))
    .join('')
    .trim()

const plain = (text: string) =>
  html(text)
    .replace(/[*[\]]/g, '\\$&')
    .replace(/https:\/\/[^\s)]+/g, '<$&>')

/** Text as HTML. */
export const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;')

/** Text as the value of an HTML attribute. */
export const attribute = (text: string): string => html(text).replaceAll('"', '&quot;')

export const fence = (language: string, code: string): string =>
  `\`\`\`${language}\n${code}\n\`\`\``

/** `qsMiniProgram` → `qs-mini-program`. */
export const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Splits `【中文】 English` into its two parts. */
export function bilingual(description = ''): { zh: string | undefined; en: string } {
  const [, zh, en] = /^【(.+?)】\s*([\s\S]*)$/.exec(description) ?? []
  return { zh, en: en ?? description }
}

/** Joins paragraphs and lists with an empty line between them. */
export const paragraphs = (...parts: readonly (string | false | undefined)[]): string =>
  `${parts.filter((part) => part).join('\n\n')}\n`
