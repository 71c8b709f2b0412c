import { provider as defaultProvider } from '#crypto'
import type { AeadKey, CryptoProvider } from './provider.ts'

const keyLength = 32
const nonceLength = 12
const tagLength = 16

/**
 * Imports a 32-byte key for AES-256-GCM. The lengths of nonce and tag are checked before the cipher
 * is called, because the two runtimes differ for other lengths: `node:crypto` accepts short tags,
 * WebCrypto accepts other nonces.
 *
 * Throws a RangeError for a key or nonce of another length and for a ciphertext shorter than its
 * tag; `open` throws or rejects with an Error if the tag is wrong.
 */
export function importAeadKey(
  bytes: Uint8Array,
  provider: CryptoProvider = defaultProvider,
): AeadKey {
  requireLength('key', bytes, keyLength)
  const key = provider.aes256Gcm(bytes)
  return {
    seal(input) {
      requireLength('nonce', input.nonce, nonceLength)
      return key.seal(input)
    },
    open(input) {
      requireLength('nonce', input.nonce, nonceLength)
      if (input.ciphertext.length < tagLength) {
        throw new RangeError(
          `ciphertext has ${input.ciphertext.length} bytes; its tag alone takes ${tagLength}`,
        )
      }
      return key.open(input)
    },
  }
}

/** Throws a RangeError for another length. */
export function requireLength(name: string, bytes: Uint8Array, length: number): void {
  if (bytes.length !== length)
    throw new RangeError(`${name} has ${bytes.length} bytes; expected ${length}`)
}
