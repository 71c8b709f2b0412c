import type { AnyOperationId } from '../operations/played-operation.ts'

/**
 * Faults that replace or delay the response. They can happen before or after the operation takes
 * effect.
 */
const replacing = [
  'latency',
  'connection-reset',
  '500',
  '502',
  '503',
  '504',
  '429',
  '202',
  'html',
  'redirect',
] as const
/** Faults that spoil the response of an operation that took effect. */
export const spoiling = [
  'truncated-body',
  'slow-drip',
  'unsigned',
  'wrong-signature',
  'wrong-serial',
  'stale-timestamp',
  'tampered-body',
  'compressed-bomb',
  'signtest',
] as const

export type FaultName = (typeof replacing)[number] | (typeof spoiling)[number]

/** Every name that `mock.faults.add` and `POST /__mock/faults` accept. */
export const faultNames: readonly FaultName[] = [...replacing, ...spoiling]

/** A fault for the mock. The member names are those of the control API. */
export interface Fault {
  /** The operation's id, of our spec or of the option `spec`, or `*` for every operation. */
  readonly operation: AnyOperationId | '*'
  readonly name: FaultName
  /** How many requests it hits before it is removed. Default: it hits all. */
  readonly times?: number
  /** The probability that it hits a request, from 0 to 1. Default: 1. */
  readonly probability?: number
  /** The seed of `probability`: the same seed hits the same requests. Default: 1. */
  readonly seed?: number
  /**
   * Whether the operation has taken effect when the fault happens. Default: `before` for `500`,
   * `502`, `503`, `504`, `429` and `202`, `after` for all others. Faults that spoil a
   * response are always `after`.
   */
  readonly when?: 'before' | 'after'
  /**
   * `latency`: the delay of the response (default 1000). `slow-drip`: the delay of each byte
   * (default 100).
   */
  readonly delay_ms?: number
  /**
   * `429` and `503`: the seconds of `Retry-After`. Default: 1 for `429`, no such header for `503`.
   */
  readonly retry_after_seconds?: number
  /**
   * `html`: the status of the page, e.g. 502, and none that has no body (204, 205, 304). Default: 200.
   * `redirect`: 301, 302, 303, 307 or 308. Default: 307.
   */
  readonly status?: number
  /** `redirect`: the target. Default: `https://redirect.invalid/`. */
  readonly location?: string
  /**
   * `stale-timestamp`: the age of the timestamp; a negative age is in the future. Default: 301, one
   * more than a client accepts.
   */
  readonly age_seconds?: number
  /** `compressed-bomb`: the length of the decompressed body. Default: 32 MiB. */
  readonly size_bytes?: number
}
