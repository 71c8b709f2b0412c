/**
 * Makes a text from outside safe to log: one line, no control or text-direction characters, at most
 * `longest` characters.
 */
export function printable(text: string, longest = Number.POSITIVE_INFINITY): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}

/**
 * Replaces each of the values in a text, so that no personal data reaches a log. A short value of
 * letters and digits is replaced only where it stands alone: otherwise an `A` would make every id in
 * the text unreadable.
 */
export const mask = (text: string, values: readonly string[]): string =>
  values.reduce((rest, value) => {
    const isShort = value.length < 8 && /^\w+$/.test(value)
    const pattern = isShort ? new RegExp(`(?<!\\w)${value}(?!\\w)`, 'g') : value
    return rest.replaceAll(pattern, '[…]')
  }, text)

/**
 * A header value for an error message: in quotes, cut to 64 characters, and without characters that
 * could forge a log line.
 */
export function quote(text: string): string {
  const shown = text.slice(0, 64).replace(/[^\x20-\x7e]/g, '?')
  return `"${shown}"${text.length > 64 ? ` … (${text.length} characters)` : ''}`
}
