export type { Clock } from './clock.ts'
export { type Credentials, type CredentialsOptions, createCredentials, requireMchid, type Sign } from './credentials.ts'
export {
  ConfigurationError,
  type ConfigurationErrorCode,
  SignatureError,
  type SignatureErrorCode,
} from './errors.ts'
export { type HeadersLike, headerValues } from './headers.ts'
export {
  type SignedMessage,
  type VerifiedMessage,
  type VerifyMessageOptions,
  verifyMessage,
} from './message-signature.ts'
export { createPlatformKeys, type PlatformKeys, type PlatformKeysOptions } from './platform-keys.ts'
export { type RequestToSign, type SignRequestOptions, signRequest } from './request-signature.ts'
export {
  createSigningFetch,
  type SigningFetch,
  type SigningFetchOptions,
  type SigningResponse,
} from './signing-fetch.ts'
