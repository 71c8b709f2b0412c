export type { Clock, MockClock } from './clock.ts'
export { type Contract, type ContractKey, MockStateError, type SessionState } from './contracts.ts'
export { createFetchDelivery, type Deliver, type DeliveryPolicy, type DeliveryRequest } from './deliver.ts'
export type { NotificationKey } from './events.ts'
export { type Fault, type FaultName, type Faults, faultNames } from './faults.ts'
export {
  createMock,
  type DecidedSession,
  type Mock,
  type MockMerchant,
  type MockOptions,
  type SessionRef,
} from './mock.ts'
export { type Delivery, retryDelays } from './notifier.ts'
export type { RequestEntry } from './request-log.ts'
