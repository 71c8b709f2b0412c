export {
  type AuthEvent,
  ConfigurationError,
  type ConfigurationErrorCode,
  type Credentials,
  type CredentialsSource,
  createCredentials,
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
export { createWeChatPay, type WeChatPay, type WeChatPayEvent, type WeChatPayOptions } from './create-wechatpay.ts'
export {
  type FoundContract,
  type PendingContract,
  type ReconcileContext,
  type ReconcileEvent,
  type ReconcileOptions,
  type Reconciliation,
  reconcile,
} from './reconcile.ts'
