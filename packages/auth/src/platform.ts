export { freshnessSeconds } from './clock.ts'
export { documentedHeaderName, type SignMessageOptions, signatureType, signMessage } from './message-signature.ts'
export {
  type Authorization,
  parseAuthorization,
  requestText,
  type VerifyRequestOptions,
  verifyRequest,
} from './request-signature.ts'
