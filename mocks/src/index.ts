export type { Contract, ContractKey, PreSignRequest } from './contracts/contract.ts'
export type { ContractChoices } from './contracts/contract-choices.ts'
export type { SessionEntry, SessionState } from './contracts/contracts.ts'
export type { DecidedSession, Terminate, User } from './contracts/decisions.ts'
export type { SessionRef } from './contracts/references.ts'
export { type Fault, type FaultName, faultNames } from './faults/fault.ts'
export type { Faults } from './faults/faults.ts'
export type { MockMerchant } from './merchant.ts'
export { createMock, type Mock } from './mock.ts'
export { MockStateError } from './mock-state-error.ts'
export {
  createFetchDelivery,
  type Deliver,
  type DeliveryPolicy,
  type DeliveryRequest,
} from './notifications/deliver.ts'
export type { Delivery, DeliveryKind, Notification } from './notifications/notification.ts'
export type {
  Delivered,
  NotificationRef,
  Notifications,
  StartedNotification,
} from './notifications/notifications.ts'
export { retryDelays } from './notifications/notifier.ts'
export type { NotificationToSend } from './notifications/send.ts'
export {
  generateTestNotification,
  type TestNotification,
  type TestNotificationOptions,
} from './notifications/test-notification.ts'
export type { AnyOperationId, CallArguments } from './operations/played-operation.ts'
export type { MockOptions } from './options.ts'
export type { Clock, MockClock } from './platform/clock.ts'
export type { Change } from './platform/feed.ts'
export type { NotificationKey, Platform, PlatformState, RateLimit } from './platform/platform.ts'
export type { RequestDetail, RequestEntry } from './requests/request-log.ts'
export type { StepName, Verification, VerificationStep } from './requests/verification.ts'
export type {
  CustomRequest,
  CustomResponse,
  RespondHandler,
  RespondMethod,
} from './responses/response-rule.ts'
export type { Respond, RespondOptions } from './responses/responses.ts'
export type { OperationEntry, OperationSample } from './samples/sampler.ts'
