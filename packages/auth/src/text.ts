/**
 * Whether a text has 1 to `most` characters, and each one `fits` by its code. A regular expression says it shorter, and
 * takes about one microsecond for it after a signature has gone through the processor; a message takes fifty in all.
 */
export function consistsOf(text: string, most: number, fits: (code: number) => boolean): boolean {
  if (text.length === 0 || text.length > most) return false
  for (let at = 0; at < text.length; at++) if (!fits(text.charCodeAt(at))) return false
  return true
}

/** ASCII that prints, without the space. */
export const isVisible = (code: number): boolean => code >= 0x21 && code <= 0x7e

/** A digit or a letter of ASCII, `_` or `-`. */
export const isWordOrDash = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x5f ||
  code === 0x2d
