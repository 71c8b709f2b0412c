export { freshnessSeconds } from './signatures/freshness.ts'
export {
  documentedHeaderName,
  type SignMessageOptions,
  signatureType,
  signMessage,
} from './signatures/message-signature.ts'
export {
  type Authorization,
  parseAuthorization,
  requestText,
  type VerifyRequestOptions,
  verifyRequest,
} from './signatures/request-signature.ts'
