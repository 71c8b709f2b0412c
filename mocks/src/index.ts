export type { Contract, ContractKey, PreSignRequest } from './contracts/contract.ts'
export type { ContractChoices } from './contracts/contract-choices.ts'
export {
  MockStateError,
  type SessionEntry,
  type SessionRef,
  type SessionState,
} from './contracts/contracts.ts'
export { type Fault, type FaultName, type Faults, faultNames } from './faults/faults.ts'
export {
  createMock,
  type DecidedSession,
  type Mock,
  type MockMerchant,
} from './mock.ts'
export {
  createFetchDelivery,
  type Deliver,
  type DeliveryPolicy,
  type DeliveryRequest,
} from './notifications/deliver.ts'
export type { Delivery, DeliveryKind, Notification } from './notifications/notification.ts'
export type { Delivered, NotificationRef, Notifications } from './notifications/notifications.ts'
export { retryDelays } from './notifications/notifier.ts'
export {
  generateTestNotification,
  type TestNotification,
  type TestNotificationOptions,
} from './notifications/test-notification.ts'
export type { MockOptions } from './options.ts'
export type { Clock, MockClock } from './platform/clock.ts'
export type { Change } from './platform/feed.ts'
export type { NotificationKey, Platform, PlatformState, RateLimit } from './platform/platform.ts'
export type { RequestDetail, RequestEntry } from './requests/request-log.ts'
export type { StepName, Verification, VerificationStep } from './requests/verification.ts'
