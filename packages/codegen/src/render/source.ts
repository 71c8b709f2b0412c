/** Pieces of TypeScript source. */

/** A property name: as it is where TypeScript allows that, else quoted. */
export const propertyName = (name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)

/** A string literal in single quotes. */
export const quoted = (text: string): string =>
  `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')}'`

/** The lines of a JSDoc comment. No text of a document can end the comment or start a tag. */
export function comment(lines: readonly string[], indent = ''): string[] {
  const safe = lines
    .flatMap((line) => line.split(/\r\n|[\r\n\u2028\u2029]/))
    .map((line) => line.trimEnd().replaceAll('*/', '*\\/'))
  return [`${indent}/**`, ...safe.map((line) => `${indent} *${line && ` ${line}`}`), `${indent} */`]
}

/** A `@` at the start of a line or after a space would begin a tag of JSDoc. */
export const withoutTags = (text: string): string => text.replace(/(^|\s)@(?=\w)/g, '$1\\@')

/** Indents the lines of a text that is not empty. */
export const indented = (lines: readonly string[], indent: string): string[] =>
  lines.map((line) => line && `${indent}${line}`)
