import type { MaybePromise } from '@wechatpay-entrust/base'
import { provider } from '#crypto'

export { importAeadKey } from './aead.ts'
export { type Certificate, importCertificate } from './certificate.ts'
export type {
  AeadKey,
  CryptoProvider,
  OpenInput,
  RsaPrivateKey,
  RsaPublicKey,
  SealInput,
  SignOptions,
} from './provider.ts'
export { randomHex } from './random.ts'
export { importRsaPrivateKey, importRsaPublicKey } from './rsa.ts'

/** SHA-256 of the bytes, 32 bytes. */
export const sha256 = (bytes: Uint8Array): MaybePromise<Uint8Array> => provider.sha256(bytes)
