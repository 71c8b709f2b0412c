import type { Signer } from '../platform/identity.ts'

/**
 * What a delivery carries: the correct notification, a signature probe (签名探测流量), or a
 * notification with an old timestamp.
 */
export type DeliveryKind = 'genuine' | 'probe' | 'stale'

/** One attempt to deliver a notification. */
export interface Delivery {
  readonly notification_id: string
  readonly url: string
  /** The HTTP status of the response; null if there is none, or none yet. */
  readonly status: number | null
  /** Counts from 1. */
  readonly attempt: number
  readonly kind: DeliveryKind
  /** Milliseconds, by the mock's clock. */
  readonly at: number
  /** As sent, names in the documented case. */
  readonly headers: Readonly<Record<string, string>>
  /** As sent, in UTF-8. */
  readonly body: string
  /** Why there is no response. */
  readonly error?: string
}

/** What to send, and where. */
export interface Notice {
  readonly url: string
  readonly event_type: string
  readonly summary: string
  /** The encrypted content. */
  readonly resource: object
  readonly signer: Signer
  /** Two members beside the encrypted content. Default for both: `entrust`. */
  readonly original_type?: string
  readonly associated_data?: string
}

/** A notification of the mock, with its resource in plain text. */
export interface Notification extends Omit<Notice, 'signer' | 'original_type' | 'associated_data'> {
  readonly notification_id: string
  readonly create_time: string
  /** Held back by `hold`. */
  readonly held: boolean
  /**
   * Why the latest attempt got no response, e.g. that `notify_url` is not loopback. Absent if it got
   * one, or if there was no attempt.
   */
  readonly error?: string
}

export interface SentNotification extends Notice {
  readonly id: string
  readonly create_time: string
  held: boolean
  attempts: number
  /** How many of the attempts the schedule made. */
  scheduled: number
  /** Why the latest attempt got no response. */
  error?: string | undefined
}
