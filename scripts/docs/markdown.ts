/**
 * Text of the spec as Markdown: what looks like a tag or like a template would be taken for one by
 * the site. Code in backticks is left alone, for there the site takes care.
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

/** A text that an HTML attribute can hold. */
export const attribute = (text: string): string => html(text).replaceAll('"', '&quot;')

export const fence = (language: string, code: string): string =>
  `\`\`\`${language}\n${code}\n\`\`\``

/** `qsMiniProgram` → `qs-mini-program`. */
export const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** `【中文】 English` in two. */
export function bilingual(description = ''): { zh: string | undefined; en: string } {
  const [, zh, en] = /^【(.+?)】\s*([\s\S]*)$/.exec(description) ?? []
  return { zh, en: en ?? description }
}

/** Paragraphs and lists, with an empty line between. */
export const paragraphs = (...parts: readonly (string | false | undefined)[]): string =>
  `${parts.filter((part) => part).join('\n\n')}\n`
