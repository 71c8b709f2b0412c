import type { InboxRecord, NotificationClaims } from '@wechatpay-entrust/notification'

export type { Claim, InboxRecord } from '@wechatpay-entrust/notification'

/** The right to work on one record until the lease runs out. */
export interface Lease {
  readonly record: InboxRecord
  /** Fencing token: differs between any two leases of one record. */
  readonly token: string
  /** Counts from 1. */
  readonly attempt: number
}

/** How many records a store holds, by state. */
export interface InboxStats {
  /** Waiting to be leased, including records that are due later. */
  readonly ready: number
  readonly leased: number
  readonly parked: number
  readonly done: number
  /** Age in milliseconds of the oldest ready record; 0 when there is none. */
  readonly oldestReadyMs: number
}

/**
 * Stores notifications from the response to WeChat Pay until the merchant has handled them.
 *
 * `Tx` is the transaction that `apply` writes with, where the store has transactions.
 */
export interface NotificationInbox<Tx = undefined> extends NotificationClaims {
  /** Where the records are, for people: the file, the table with its schema, or the key prefix. */
  readonly location?: string | undefined
  /**
   * Leases at most `limit` records that are due by the store's clock and not leased, oldest first.
   */
  lease(options: {
    readonly owner: string
    readonly limit: number
    readonly leaseMs: number
  }): Promise<Lease[]>
  /** false: the lease was lost. */
  renew(lease: Lease, leaseMs: number): Promise<boolean>
  /**
   * false: the lease was lost and nothing was applied; if it is lost already, `apply` is not called.
   * `apply` shares the transaction where the store has one, and can neither end it nor use it later.
   */
  complete(lease: Lease, apply?: (tx: Tx) => Promise<void>): Promise<boolean>
  /** Ends the lease: the record is due after `delayMs`, or parked. false: the lease was lost. */
  release(
    lease: Lease,
    options: { readonly delayMs: number; readonly error: string; readonly park?: boolean },
  ): Promise<boolean>
  stats(): Promise<InboxStats>
  /** Deletes records that are done, and returns how many. Rejects a horizon of less than 7 days. */
  prune(options: { readonly doneBefore: Date }): Promise<number>
  /** The records in a state, for operators (`inbox ls`). */
  list(options?: { readonly state?: InboxState; readonly limit?: number }): Promise<InboxEntry[]>
  find(scope: string, id: string): Promise<InboxEntry | undefined>
  /** Makes a parked record due again, with its attempts counted from 0. false: it is not parked. */
  retry(scope: string, id: string): Promise<boolean>
  /** Closes what the store itself opened. A client that you passed in stays open. Idempotent. */
  close(): Promise<void>
}

export type InboxState = 'ready' | 'leased' | 'parked' | 'done'

/** A record with its state in the store. */
export interface InboxEntry extends InboxRecord {
  readonly state: InboxState
  readonly attempts: number
  readonly receivedAt: Date
  /** When it may be leased next; for a leased one, when the lease runs out. */
  readonly dueAt: Date
  /** Of the last attempt that failed. */
  readonly error?: string
}
