/**
 * Whether a text has 1 to `most` characters, and each one `fits` by its code. A loop instead of a
 * regular expression: after a signature check a regular expression takes about one microsecond, and
 * a whole message takes fifty.
 */
export function consistsOf(text: string, most: number, fits: (code: number) => boolean): boolean {
  if (text.length === 0 || text.length > most) return false
  for (let at = 0; at < text.length; at++) if (!fits(text.charCodeAt(at))) return false
  return true
}

/** Printable ASCII without the space. */
export const isVisible = (code: number): boolean => code >= 0x21 && code <= 0x7e

/** An ASCII digit or letter, `_` or `-`. */
export const isWordOrDash = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x5f ||
  code === 0x2d

/**
 * Makes a text from outside safe to log: one line, no control or direction characters, at most
 * `longest` characters.
 */
export function printable(text: string, longest = Number.POSITIVE_INFINITY): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}

/** Replaces each of the values in a text: what is personal does not belong into a log. */
export const mask = (text: string, values: readonly string[]): string =>
  values.reduce((rest, value) => rest.replaceAll(value, '[…]'), text)

/**
 * A header value for an error text: cut to 64 characters, in quotes, with nothing that could forge
 * a log line.
 */
export function quote(text: string): string {
  const shown = text.slice(0, 64).replace(/[^\x20-\x7e]/g, '?')
  return `"${shown}"${text.length > 64 ? ` … (${text.length} characters)` : ''}`
}
