export { type Answer, acceptedAnswer, answerFor, toResponse } from './answer.ts'
export { type ApiV3Keys, importApiV3Keys } from './api-v3-keys.ts'
export { NotificationError, type NotificationErrorCode, type OwnFaultCode, type RefusalCode } from './errors.ts'
export type {
  ContractNotification,
  ContractSigned,
  ContractTerminated,
  EventTypes,
  SignedResource,
  TerminatedResource,
  UnknownNotification,
} from './events.ts'
export { handleNotification } from './handle.ts'
export type { HandleOptions, NotificationClaims, NotificationContext, Tenant } from './handle-options.ts'
export type {
  NotificationAccepted,
  NotificationConflict,
  NotificationDuplicate,
  NotificationEvent,
  NotificationFailed,
  NotificationListener,
  NotificationRefused,
} from './observe.ts'
export { type ReceiveOptions, receiveNotification } from './receive.ts'
export type { NodeRequest, NotificationRequest, RawBody } from './request-forms.ts'
export { openResource, type SealedResource } from './resource.ts'
