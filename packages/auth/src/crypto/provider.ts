/**
 * RSASSA-PKCS1-v1_5 with SHA-256 for signatures, RSAES-OAEP with SHA-1 and MGF1-SHA-1 for
 * encryption.
 */
import type { MaybePromise } from '@wechatpay-entrust/base'
export interface RsaPublicKey {
  /** In bits. */
  readonly modulusLength: number
  /** Big-endian, without leading noughts: the same in both halves of a pair. */
  readonly modulus: Uint8Array
  /** False for every signature that does not fit, whatever its form; it never throws for one. */
  verify(message: Uint8Array, signature: Uint8Array): MaybePromise<boolean>
  /** At most `modulusLength / 8 - 42` bytes. The OAEP label is empty unless given. */
  encrypt(plaintext: Uint8Array, label?: Uint8Array): MaybePromise<Uint8Array>
}

export interface SignOptions {
  /**
   * Other requests are in flight: use the thread pool, where there is one, instead of blocking.
   * Default false.
   */
  readonly concurrent?: boolean
}

/** The private half: signs and decrypts in the same two schemes. */
export interface RsaPrivateKey {
  /** In bits. */
  readonly modulusLength: number
  /** Big-endian, without leading noughts: the same in both halves of a pair. */
  readonly modulus: Uint8Array
  sign(message: Uint8Array, options?: SignOptions): MaybePromise<Uint8Array>
  /** Throws for a ciphertext that does not open. The OAEP label is empty unless given. */
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
  /** As a sealed resource names it. Default: `AEAD_AES_256_GCM`. */
  readonly algorithm?: string | undefined
  seal(input: SealInput): MaybePromise<Uint8Array>
  /** Gives the plaintext out only after the tag has been checked; throws otherwise. */
  open(input: OpenInput): MaybePromise<Uint8Array>
}

/**
 * What the two implementations, `node.ts` and `web.ts`, have in common. They get DER that has
 * passed the key policy and inputs of the right lengths; every check that must be the same on all
 * runtimes is made before them.
 */
export interface CryptoProvider {
  readonly name: 'node' | 'web'
  rsaPublicKey(spki: Uint8Array): Omit<RsaPublicKey, 'modulusLength' | 'modulus'>
  rsaPrivateKey(pkcs8: Uint8Array): Omit<RsaPrivateKey, 'modulusLength' | 'modulus'>
  aes256Gcm(key: Uint8Array): AeadKey
  sha256(bytes: Uint8Array): MaybePromise<Uint8Array>
}
