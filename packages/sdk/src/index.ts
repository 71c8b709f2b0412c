export {
  type AppPaymentLaunch,
  type AuthEvent,
  ConfigurationError,
  type ConfigurationErrorCode,
  type Credentials,
  type CredentialsSource,
  createCredentials,
  type JsapiPaymentLaunch,
  type PaymentToLaunch,
  SignatureError,
  type SignatureErrorCode,
} from '@wechatpay-entrust/auth'
export {
  ApiError,
  type ApiErrorCode,
  type AttemptEvent,
  type CallOptions,
  type Contract,
  type ContractWait,
  type Download,
  type DownloadOptions,
  type MiniProgramLaunch,
  type QsMiniProgramPreEntrustSignRequest,
  type QsMiniProgramPreEntrustSignResponse,
  RequestError,
  type RequestErrorCode,
  toMiniProgramLaunch,
  type UnverifiedDownload,
  type UnverifiedDownloadOptions,
  type UploadOptions,
} from '@wechatpay-entrust/core'
export {
  acceptedResponse,
  type ContractNotification,
  NotificationError,
  type NotificationErrorCode,
  type NotificationResponse,
  responseFor,
  toResponse,
} from '@wechatpay-entrust/notification'
export { createWeChatPay, type WeChatPay } from './create-wechatpay.ts'
export type { WeChatPayEvent, WeChatPayOptions } from './options.ts'
