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
  /** Waiting to be leased, those of a later time included. */
  readonly ready: number
  readonly leased: number
  readonly parked: number
  readonly done: number
  /** Age in milliseconds of the oldest ready record; 0 when there is none. */
  readonly oldestReadyMs: number
}

/**
 * Where notifications are kept between the answer to WeChat Pay and the merchant's own work.
 *
 * `Tx` is what `apply` is given to write with: the store's own transaction, where it has one.
 */
export interface NotificationInbox<Tx = undefined> extends NotificationClaims {
  /**
   * Takes at most `limit` records that are due and not leased, by the store's clock, oldest first.
   */
  lease(options: {
    readonly owner: string
    readonly limit: number
    readonly leaseMs: number
  }): Promise<Lease[]>
  /** false: the lease was lost. */
  renew(lease: Lease, leaseMs: number): Promise<boolean>
  /**
   * false: the lease was lost and nothing was applied. `apply` shares the transaction where the
   * store has one.
   */
  complete(lease: Lease, apply?: (tx: Tx) => Promise<void>): Promise<boolean>
  /** Gives a record back, due after `delayMs`, or parks it. false: the lease was lost. */
  release(
    lease: Lease,
    options: { readonly delayMs: number; readonly error: string; readonly park?: boolean },
  ): Promise<boolean>
  stats(): Promise<InboxStats>
  /** Forgets finished records; refuses a horizon of less than 7 days. Resolves to how many. */
  prune(options: { readonly doneBefore: Date }): Promise<number>
  /** Every record of a scope and state, for people who look after it (`inbox ls`). */
  list(options?: { readonly state?: InboxState; readonly limit?: number }): Promise<InboxEntry[]>
  find(scope: string, id: string): Promise<InboxEntry | undefined>
  /** Makes a parked record due again, with its attempts counted from 0. false: it is not parked. */
  retry(scope: string, id: string): Promise<boolean>
  /** Ends what the store itself opened; a client that was handed in stays open. Idempotent. */
  close(): Promise<void>
}

export type InboxState = 'ready' | 'leased' | 'parked' | 'done'

/** A record as it lies in the store. */
export interface InboxEntry extends InboxRecord {
  readonly state: InboxState
  readonly attempts: number
  readonly receivedAt: Date
  /** When it may be leased next; for a leased one, when the lease runs out. */
  readonly dueAt: Date
  /** Of the last attempt that failed. */
  readonly error?: string
}
