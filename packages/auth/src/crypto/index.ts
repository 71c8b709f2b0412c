import { provider } from '#crypto'
import type { MaybePromise } from './maybe-promise.ts'

export { verifyMessageAtOnce } from '../message-signature.ts'
export { consistsOf, isVisible, isWordOrDash } from '../text.ts'
export { importAeadKey } from './aead.ts'
export { concatBytes, decodeBase64, encodeBase64, encodeHex, publicUtf8, randomHex, utf8 } from './bytes.ts'
export { type Certificate, importCertificate } from './certificate.ts'
export { isPending, type MaybePromise } from './maybe-promise.ts'
export type {
  AeadKey,
  CryptoProvider,
  OpenInput,
  RsaPrivateKey,
  RsaPublicKey,
  SealInput,
  SignOptions,
} from './provider.ts'
export { importRsaPrivateKey, importRsaPublicKey } from './rsa.ts'

/** SHA-256 of the bytes, 32 bytes. */
export const sha256 = (bytes: Uint8Array): MaybePromise<Uint8Array> => provider.sha256(bytes)
