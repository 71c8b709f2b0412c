import type { MaybePromise } from '@wechatpay-entrust/base'

/**
 * RSASSA-PKCS1-v1_5 with SHA-256 for signatures, RSAES-OAEP with SHA-1 and MGF1-SHA-1 for
 * encryption.
 */
export interface RsaPublicKey {
  /** In bits. */
  readonly modulusLength: number
  /** Big-endian, without leading zeros: the same in both keys of a pair. */
  readonly modulus: Uint8Array
  /** False for every wrong signature, in any form; never throws for one. */
  verify(message: Uint8Array, signature: Uint8Array): MaybePromise<boolean>
  /** At most `modulusLength / 8 - 42` bytes. The OAEP label is empty unless given. */
  encrypt(plaintext: Uint8Array, label?: Uint8Array): MaybePromise<Uint8Array>
}

export interface SignOptions {
  /**
   * True while other requests are in flight: use the thread pool, if there is one, instead of
   * blocking. Default false.
   */
  readonly concurrent?: boolean
}

/** The private key of a pair: signs and decrypts in the same two schemes. */
export interface RsaPrivateKey {
  /** In bits. */
  readonly modulusLength: number
  /** Big-endian, without leading zeros: the same in both keys of a pair. */
  readonly modulus: Uint8Array
  sign(message: Uint8Array, options?: SignOptions): MaybePromise<Uint8Array>
  /** Throws for a ciphertext that cannot be decrypted. The OAEP label is empty unless given. */
  decrypt(ciphertext: Uint8Array, label?: Uint8Array): MaybePromise<Uint8Array>
}

export interface SealInput {
  /** 12 bytes. */
  readonly nonce: Uint8Array
  readonly associatedData: Uint8Array
  readonly plaintext: Uint8Array
}

export interface OpenInput {
  /** 12 bytes. */
  readonly nonce: Uint8Array
  readonly associatedData: Uint8Array
  /** Ciphertext followed by its 16-byte tag. */
  readonly ciphertext: Uint8Array
}

/** AES-256-GCM with a 12-byte nonce and a 16-byte tag, unless it names another algorithm. */
export interface AeadKey {
  /** The name in a sealed resource. Default: `AEAD_AES_256_GCM`. */
  readonly algorithm?: string | undefined
  seal(input: SealInput): MaybePromise<Uint8Array>
  /** Returns the plaintext only after the tag has been checked; throws otherwise. */
  open(input: OpenInput): MaybePromise<Uint8Array>
}

/**
 * The interface of the two implementations, `node.ts` and `web.ts`. They receive DER that has
 * passed the key policy and inputs of the right lengths: every check that must be the same on all
 * runtimes is made before they are called.
 */
export interface CryptoProvider {
  readonly name: 'node' | 'web'
  rsaPublicKey(spki: Uint8Array): Omit<RsaPublicKey, 'modulusLength' | 'modulus'>
  rsaPrivateKey(pkcs8: Uint8Array): Omit<RsaPrivateKey, 'modulusLength' | 'modulus'>
  aes256Gcm(key: Uint8Array): AeadKey
  sha256(bytes: Uint8Array): MaybePromise<Uint8Array>
}
