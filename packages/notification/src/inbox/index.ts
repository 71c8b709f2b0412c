export type { Claim, InboxEntry, InboxRecord, InboxState, InboxStats, Lease, NotificationInbox } from './inbox.ts'
export { createInboxWorker, type InboxWorker } from './worker.ts'
export type {
  InboxEvent,
  InboxFailed,
  InboxFault,
  InboxHandled,
  InboxLeaseLost,
  InboxListener,
  InboxParked,
} from './worker-events.ts'
export type { HandOver, InboxHandler, InboxWorkerOptions } from './worker-options.ts'
