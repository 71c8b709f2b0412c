import { encoding } from '#encoding'

const encoder = new TextEncoder()

/** The UTF-8 bytes of a text. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text)

/**
 * The UTF-8 bytes of a text that is not secret. On Node they lie in a memory pool that other code
 * can see. That is three times faster for a short text.
 */
export const publicUtf8 = (text: string): Uint8Array => encoding.fromText(text)

/** New bytes with unknown content. The caller must overwrite every one. */
export const allocate = (length: number): Uint8Array => encoding.allocate(length)

/** Joins byte arrays. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Standard base64 with padding. */
export const encodeBase64 = (bytes: Uint8Array): string => encoding.toBase64(bytes)

/**
 * The bytes of a canonical base64 text, or undefined for anything else: white space, URL-safe
 * letters, missing or extra padding, unused bits that are set. The runtimes' decoders are lenient
 * in different ways, so three checks are made here: the length shows skipped characters, URL-safe
 * letters are searched for, and the last letter shows unused bits.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (text.length % 4 !== 0 || text.includes('-') || text.includes('_')) return undefined
  if (!lastLetters[padding].includes(text.charAt(text.length - 1 - padding))) return undefined
  try {
    const bytes = encoding.fromBase64(text)
    return bytes.length === (text.length / 4) * 3 - padding ? bytes : undefined
  } catch {
    return undefined
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/**
 * The letters allowed before 0, 1 or 2 padding characters: their unused bits (none, two or four)
 * are zero.
 */
const lastLetters = [alphabet, 'AEIMQUYcgkosw048', 'AQgw'] as const

const hexOctets = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))

/** Lower-case hex. */
export function encodeHex(bytes: Uint8Array): string {
  let text = ''
  for (const octet of bytes) text += hexOctets[octet]
  return text
}
