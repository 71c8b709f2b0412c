export type {
  Claim,
  InboxEntry,
  InboxRecord,
  InboxState,
  InboxStats,
  Lease,
  NotificationInbox,
} from './inbox.ts'
export type {
  FoundContract,
  PendingContract,
  ReconcileContext,
  ReconcileEvent,
  ReconcileOptions,
} from './reconcile/options.ts'
export { type Reconciliation, reconcile } from './reconcile/reconcile.ts'
export type {
  InboxEvent,
  InboxFailed,
  InboxFault,
  InboxHandled,
  InboxLeaseLost,
  InboxListener,
  InboxParked,
} from './worker/events.ts'
export type { DeliveryContext, InboxHandler, InboxWorkerOptions } from './worker/options.ts'
export { createInboxWorker, type InboxWorker } from './worker/worker.ts'
