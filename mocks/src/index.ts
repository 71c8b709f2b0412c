export type { Clock, MockClock } from './clock.ts'
export type { ContractChoices } from './contract-choices.ts'
export {
  type Contract,
  type ContractKey,
  MockStateError,
  type PreSignRequest,
  type SessionEntry,
  type SessionRef,
  type SessionState,
} from './contracts.ts'
export { createFetchDelivery, type Deliver, type DeliveryPolicy, type DeliveryRequest } from './deliver.ts'
export { type Fault, type FaultName, type Faults, faultNames } from './faults.ts'
export type { Change } from './feed.ts'
export {
  createMock,
  type DecidedSession,
  type Mock,
  type MockMerchant,
} from './mock.ts'
export type { Delivered, NotificationRef, Notifications } from './notifications.ts'
export { type Delivery, type DeliveryKind, type Notification, retryDelays } from './notifier.ts'
export type { MockOptions } from './options.ts'
export type { NotificationKey, Platform, PlatformState, RateLimit } from './platform.ts'
export type { RequestDetail, RequestEntry } from './request-log.ts'
export { generateTestNotification, type TestNotification, type TestNotificationOptions } from './test-notification.ts'
export type { StepName, Verification, VerificationStep } from './verification.ts'
