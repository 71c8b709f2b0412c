export {
  ConfigurationError,
  type ConfigurationErrorCode,
  SignatureError,
  type SignatureErrorCode,
} from '@wechatpay-entrust/auth'
export {
  ApiError,
  type ApiErrorCode,
  type CallOptions,
  type Contract,
  type MiniProgramLaunch,
  type QsMiniProgramPreEntrustSignRequest,
  type QsMiniProgramPreEntrustSignResponse,
  RequestError,
  type RequestErrorCode,
  toMiniProgramLaunch,
} from '@wechatpay-entrust/core'
export {
  type Answer,
  acceptedAnswer,
  answerFor,
  type ContractNotification,
  NotificationError,
  type NotificationErrorCode,
  toResponse,
} from '@wechatpay-entrust/notification'
export { createWeChatPay, type WeChatPay, type WeChatPayOptions } from './create-wechatpay.ts'
