import type { CryptoProvider } from './provider.ts'

const pkcs1 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const oaep = { name: 'RSA-OAEP', hash: 'SHA-1' }
const labelled = (label: Uint8Array | undefined) =>
  label ? { ...oaep, label: source(label) } : oaep

/** WebCrypto's types reject views on shared memory; no such view reaches this file. */
const source = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>

/**
 * Imports the key once, at the first use, because importKey is asynchronous and this function is
 * not.
 */
function lazyKey(
  format: 'spki' | 'pkcs8' | 'raw',
  der: Uint8Array,
  algorithm: { name: string },
  usage: KeyUsage[],
) {
  let key: Promise<CryptoKey> | undefined
  return () => {
    key ??= crypto.subtle.importKey(format as 'raw', source(der), algorithm, false, usage)
    return key
  }
}

/** The implementation on WebCrypto, for Workers, Deno, Bun and browsers. */
export const provider: CryptoProvider = {
  name: 'web',

  rsaPublicKey(spki) {
    const verifyKey = lazyKey('spki', spki, pkcs1, ['verify'])
    const encryptKey = lazyKey('spki', spki, oaep, ['encrypt'])
    return {
      verify: async (message, signature) =>
        crypto.subtle.verify(pkcs1, await verifyKey(), source(signature), source(message)),
      encrypt: async (plaintext, label) =>
        new Uint8Array(
          await crypto.subtle.encrypt(labelled(label), await encryptKey(), source(plaintext)),
        ),
    }
  },

  rsaPrivateKey(pkcs8) {
    const signKey = lazyKey('pkcs8', pkcs8, pkcs1, ['sign'])
    const decryptKey = lazyKey('pkcs8', pkcs8, oaep, ['decrypt'])
    return {
      sign: async (message) =>
        new Uint8Array(await crypto.subtle.sign(pkcs1, await signKey(), source(message))),
      decrypt: async (ciphertext, label) =>
        new Uint8Array(
          await crypto.subtle.decrypt(labelled(label), await decryptKey(), source(ciphertext)),
        ),
    }
  },

  aes256Gcm(rawKey) {
    const key = lazyKey('raw', rawKey, { name: 'AES-GCM' }, ['encrypt', 'decrypt'])
    const algorithm = (nonce: Uint8Array, associatedData: Uint8Array) => ({
      name: 'AES-GCM',
      iv: source(nonce),
      additionalData: source(associatedData),
      tagLength: 128,
    })
    return {
      seal: async ({ nonce, associatedData, plaintext }) =>
        new Uint8Array(
          await crypto.subtle.encrypt(
            algorithm(nonce, associatedData),
            await key(),
            source(plaintext),
          ),
        ),
      open: async ({ nonce, associatedData, ciphertext }) =>
        new Uint8Array(
          await crypto.subtle.decrypt(
            algorithm(nonce, associatedData),
            await key(),
            source(ciphertext),
          ),
        ),
    }
  },

  sha256: async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', source(bytes))),
}
