interface About {
  readonly scope: string
  /** The notification's id. */
  readonly id: string
  readonly eventType: string
  /** Counts from 1. */
  readonly attempt: number
}

/** The handler succeeded, and the record is done. */
export interface InboxHandled extends About {
  readonly type: 'inbox:handled'
  /** Time to decrypt and handle it, in this attempt. */
  readonly durationMs: number
}

/** Decrypting or handling it failed; it is retried after `delayMs`. */
export interface InboxFailed extends About {
  readonly type: 'inbox:failed'
  readonly error: unknown
  readonly delayMs: number
}

/** It failed too often and waits for a person: `retry`. Raise an alarm. */
export interface InboxParked extends About {
  readonly type: 'inbox:parked'
  readonly error: unknown
}

/**
 * Another consumer has the record now, and nothing of this attempt was stored. A frequent cause:
 * `leaseMs` is too short.
 */
export interface InboxLeaseLost extends About {
  readonly type: 'inbox:lease-lost'
}

/** The store failed, or a handler threw after its completion was stored. */
export interface InboxFault extends Partial<About> {
  readonly type: 'inbox:error'
  readonly during: 'lease' | 'renew' | 'release' | 'handler'
  readonly error: unknown
}

/** The argument of a worker's `onEvent`. */
export type InboxEvent = InboxHandled | InboxFailed | InboxParked | InboxLeaseLost | InboxFault

/** Receives events. What it throws or rejects with is ignored. */
export type InboxListener = (event: InboxEvent) => void
