export { type ApiV3Keys, importApiV3Keys } from '@wechatpay-entrust/auth'
export type { NotificationErrorCode, OwnFaultCode, RejectionCode } from './errors/error-codes.ts'
export { NotificationError } from './errors/notification-error.ts'
export type {
  AnyNotification,
  ContractNotification,
  ContractSigned,
  ContractTerminated,
  EventTypes,
  NotificationOf,
  SignedResource,
  SpecNotification,
  TerminatedResource,
  UnknownNotification,
} from './message/events.ts'
export { openResource, type SealedResource } from './message/resource.ts'
export { openNotification } from './receive/open-notification.ts'
export { requireOpenOptions } from './receive/option-check.ts'
export { receiveNotification } from './receive/receive.ts'
export type { OpenOptions, ReceiveOptions } from './receive/receive-options.ts'
export type { NodeRequest, NotificationRequest, RawBody } from './receive/request-forms.ts'
export type {
  NotificationAccepted,
  NotificationConflict,
  NotificationDuplicate,
  NotificationEvent,
  NotificationFailed,
  NotificationListener,
  NotificationRejected,
} from './respond/events.ts'
export { handleNotification } from './respond/handle.ts'
export type { HandleOptions, NotificationContext, Tenant } from './respond/handle-options.ts'
export type { Claim, InboxRecord, NotificationClaims } from './respond/inbox-claims.ts'
export {
  acceptedResponse,
  type NotificationResponse,
  responseFor,
  toResponse,
} from './respond/response.ts'
