interface About {
  readonly scope: string
  /** The notification's id. */
  readonly id: string
  readonly eventType: string
  /** Counts from 1. */
  readonly attempt: number
}

/** The handler is through, and the record is done. */
export interface InboxHandled extends About {
  readonly type: 'inbox:handled'
  /** Opening and handling, this attempt alone. */
  readonly durationMs: number
}

/** The handler, or opening what was kept, failed; it is tried again after `delayMs`. */
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

/** The store failed, or a handler threw after its completion had been kept. */
export interface InboxFault extends Partial<About> {
  readonly type: 'inbox:error'
  readonly during: 'lease' | 'renew' | 'release' | 'handler'
  readonly error: unknown
}

/** What a worker tells its listener. */
export type InboxEvent = InboxHandled | InboxFailed | InboxParked | InboxLeaseLost | InboxFault

/** Its result and its errors change nothing. */
export type InboxListener = (event: InboxEvent) => void
