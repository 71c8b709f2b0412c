export { type ApiV3Keys, importApiV3Keys } from './api-v3-keys.ts'
export { createDownloadedKeys, type DownloadedKeys, type DownloadedKeysOptions } from './certificates.ts'
export type { Clock } from './clock.ts'
export {
  type Credentials,
  type CredentialsOptions,
  type CredentialsSource,
  createCredentials,
  requireMchid,
  type Sign,
  type Signer,
} from './credentials.ts'
export type { KeyObjectLike, PrivateKeyInput } from './crypto/private-key.ts'
export {
  ConfigurationError,
  type ConfigurationErrorCode,
  SignatureError,
  type SignatureErrorCode,
} from './errors.ts'
export type { AuthEvent, AuthEventListener } from './events.ts'
export { type HeadersLike, headerValues } from './headers.ts'
export type { PlatformKey, PlatformKeys } from './key-set.ts'
export {
  type SignedMessage,
  type VerifiedMessage,
  type VerifyMessageOptions,
  verifyMessage,
} from './message-signature.ts'
export { createPlatformKeys, type PlatformKeysOptions } from './platform-keys.ts'
export { type RequestToSign, type SignRequestOptions, signRequest } from './request-signature.ts'
export {
  createFieldDecryption,
  createFieldEncryption,
  type Decrypter,
  type FieldDecryption,
  type FieldEncryption,
} from './sensitive-fields.ts'
export type { SignError } from './sign-error.ts'
export {
  createSigningFetch,
  type SigningFetch,
  type SigningFetchOptions,
  type SigningResponse,
} from './signing-fetch.ts'
