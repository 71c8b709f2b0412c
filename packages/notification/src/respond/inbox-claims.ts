/** A notification that passed every check of the receiver, in the form for the store. */
export interface InboxRecord {
  /** The envelope's `id`, at most 64 characters. */
  readonly id: string
  /** The merchant (`mchid`) or tenant. `(scope, id)` is unique in a store. */
  readonly scope: string
  /**
   * SHA-256 over the event type and the opened resource, lower-case hex. Not over the raw body:
   * WeChat Pay may encrypt a repeat again, and it is then the same notification in other bytes.
   * Opaque to a store.
   */
  readonly digest: string
  readonly eventType: string
  /** The raw body of the request: still encrypted, so that a store holds no openid in clear. */
  readonly sealed: Uint8Array
}

/**
 * What a store made of a record. `conflict`: it has the same id with another digest, which is a
 * defect or an attack; neither of the two is preferred silently.
 */
export type Claim = 'new' | 'duplicate' | 'conflict'

/** All that the receiver needs of an inbox. */
export interface NotificationClaims {
  /**
   * Resolves only after a durable commit. Rejects with `signal.reason` when that aborts: the time
   * for the response is over.
   */
  claim(record: InboxRecord, signal: AbortSignal): Promise<Claim>
}
