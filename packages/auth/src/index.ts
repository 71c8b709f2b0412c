export type { KeyObjectLike, PrivateKeyInput } from './crypto/private-key.ts'
export {
  ConfigurationError,
  type ConfigurationErrorCode,
  SignatureError,
  type SignatureErrorCode,
} from './errors.ts'
export type { AuthEvent, AuthEventListener } from './events.ts'
export {
  createSigningFetch,
  type SigningFetch,
  type SigningFetchOptions,
  type SigningRequestInit,
} from './fetch/signing-fetch.ts'
export {
  createUnverifiedFetch,
  type UnverifiedFetch,
  type UnverifiedFetchOptions,
} from './fetch/unverified-fetch.ts'
export type { SigningResponse } from './fetch/verified-response.ts'
export { type ApiV3Keys, importApiV3Keys } from './keys/api-v3-keys.ts'
export {
  type Credentials,
  type CredentialsOptions,
  type CredentialsSource,
  createCredentials,
  requireMchid,
  type Sign,
  type Signer,
} from './keys/credentials.ts'
export {
  createDownloadedKeys,
  type DownloadedKeys,
  type DownloadedKeysOptions,
} from './keys/downloaded-keys.ts'
export type { PlatformKey, PlatformKeys } from './keys/platform-key.ts'
export { createPlatformKeys, type PlatformKeysOptions } from './keys/platform-keys.ts'
export { requireFunction, requireKnownOptions } from './known-options.ts'
export {
  type AppPaymentLaunch,
  type JsapiPaymentLaunch,
  type PaymentLaunch,
  type PaymentLaunchOptions,
  type PaymentToLaunch,
  signPaymentLaunch,
} from './payments/payment-launch.ts'
export {
  createFieldDecryption,
  createFieldEncryption,
  type Decrypter,
  type FieldDecryption,
  type FieldEncryption,
} from './sensitive-fields/sensitive-fields.ts'
export type { Clock } from './signatures/freshness.ts'
export { type HeadersLike, headerValues } from './signatures/headers.ts'
export {
  type SignedMessage,
  type VerifiedMessage,
  type VerifyMessageOptions,
  verifyMessage,
  verifyMessageAtOnce,
} from './signatures/message-signature.ts'
export {
  type RequestToSign,
  type SignRequestOptions,
  signRequest,
} from './signatures/request-signature.ts'
export type { SignError } from './signatures/sign-error.ts'
