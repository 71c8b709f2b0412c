/** When a call is repeated, and after how long: docs/decisions/0009-retries.md. */
import { ApiError } from '../errors/api-error.ts'

/** Default number of attempts of one call. */
export const defaultMaxAttempts = 3

/** More attempts would only add load to a service that is down. */
export const largestMaxAttempts = 5

/** Longest backoff before an attempt, and the most that `Retry-After` adds to it, in milliseconds. */
const longestBackoff = 5_000

/** Statuses after which the same request can succeed later. */
const transient: readonly number[] = [202, 429, 500, 502, 503, 504]

/** Statuses of a gateway that did not reach the service behind it; another host may reach it. */
const unreachable: readonly number[] = [502, 503, 504]

/**
 * Whether the same request can succeed later. Only the status decides, because an unsigned body may
 * contain any code.
 */
export function isTransient(status: number): boolean {
  return transient.includes(status)
}

/**
 * Whether the next attempt goes to the backup host (备域名): the connection failed, or a gateway did
 * not reach the service.
 */
export function isHostFailure(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.code === 'NOT_SENT') return false
  return error.status === undefined || unreachable.includes(error.status)
}

/** Whether the error allows to repeat the same call. */
export function isRepeatable(error: unknown): boolean {
  return error instanceof ApiError && error.retryable
}

/** A 2xx with an intentionally wrong signature: WeChat Pay's signature probe (签名探测流量). */
export function isProbe(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'SignatureError' &&
    (error as { probe?: unknown }).probe === true
  )
}

/** What the pause before the next attempt depends on. */
export interface Pause {
  /** The attempt that failed, from 1. */
  readonly attempt: number
  readonly status: number | undefined
  /** The `Retry-After` header of the response, unchanged. */
  readonly retryAfter: string | null | undefined
  /** Milliseconds until the deadline. */
  readonly remaining: number
  /** Milliseconds since the epoch. */
  readonly now: number
  /** 0 to 1. */
  readonly random: number
}

/**
 * The milliseconds to wait. Full jitter: callers that failed at the same time do not retry at the
 * same time. `Retry-After` adds five seconds at most, so a wrong value cannot block a call for long.
 * `undefined`: the backoff or the `Retry-After` would end after the deadline, so the call fails now.
 */
export function pauseBefore({
  attempt,
  status,
  retryAfter,
  remaining,
  now,
  random,
}: Pause): number | undefined {
  const base = status === 429 ? 1_000 : 100
  const backoff = random * Math.min(longestBackoff, base * 2 ** (attempt - 1))
  const asked = readRetryAfter(retryAfter, now) ?? 0
  const pause = Math.min(Math.max(backoff, asked), backoff + longestBackoff)
  return Math.max(asked, pause) < remaining ? pause : undefined
}

/**
 * Reads `Retry-After` as milliseconds from now. Accepts seconds, or a date in the one form that HTTP
 * allows senders to use; anything else is ignored.
 */
export function readRetryAfter(value: string | null | undefined, now: number): number | undefined {
  if (value === null || value === undefined) return undefined
  const text = value.trim()
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const date = Date.parse(text)
  return Number.isFinite(date) && new Date(date).toUTCString() === text
    ? Math.max(0, date - now)
    : undefined
}

/**
 * Limits retries, so that they do not multiply the load of a service that is down: 1.1 attempts per
 * call in the long run.
 */
export interface RetryQuota {
  /** Whether one more retry is allowed; if so, its cost is deducted. */
  take(): boolean
  /** A first attempt succeeded. */
  giveBack(): void
}

const fullQuota = 100
const costOfRetry = 10

/** One per client: ten retries in a row, then one for every ten calls that succeed at once. */
export function createRetryQuota(): RetryQuota {
  let tokens = fullQuota
  return {
    take() {
      if (tokens < costOfRetry) return false
      tokens -= costOfRetry
      return true
    },
    giveBack() {
      tokens = Math.min(fullQuota, tokens + 1)
    },
  }
}
