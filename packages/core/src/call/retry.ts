/** When a call is made again, and after how long: docs/decisions/0009-retries.md. */
import { ApiError } from '../errors/api-error.ts'

/** Attempts of one call where nothing else is said. */
export const defaultMaxAttempts = 3

/** More would only add to the load of a service that is down. */
export const largestMaxAttempts = 5

/**
 * Longest wait before an attempt, and what `Retry-After` may add to our own wait at most, in
 * milliseconds.
 */
const longestBackoff = 5_000

/** Statuses after which the same request can succeed, where the operation allows a repeat. */
const passing: readonly number[] = [202, 429, 500, 502, 503, 504]

/** Statuses of a gateway that reached no service behind it; another entrance may. */
const unreachable: readonly number[] = [502, 503, 504]

/**
 * Whether the same request can succeed later. The status decides: a body that nobody signed could
 * say anything.
 */
export function isPassing(status: number): boolean {
  return passing.includes(status)
}

/**
 * Whether the next attempt goes to the backup host (备域名): the connection failed, or a gateway found
 * no service.
 */
export function isHostFailure(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.code === 'NOT_SENT') return false
  return error.status === undefined || unreachable.includes(error.status)
}

/** Whether the error itself says that the same call may be made again. */
export function isRepeatable(error: unknown): boolean {
  return error instanceof ApiError && error.retryable
}

/** A 2xx whose signature is wrong on purpose: WeChat Pay's signature probe (签名探测流量). */
export function isProbe(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'SignatureError' &&
    (error as { probe?: unknown }).probe === true
  )
}

/** What the wait before the next attempt depends on. */
export interface Pause {
  /** The attempt that failed, from 1. */
  readonly attempt: number
  readonly status: number | undefined
  /** The answer's `Retry-After`, as it came. */
  readonly retryAfter: string | null | undefined
  /** Milliseconds that the deadline leaves. */
  readonly remaining: number
  /** Milliseconds since the epoch. */
  readonly now: number
  /** 0 to 1. */
  readonly random: number
}

/**
 * The milliseconds to wait: full jitter, so that callers which failed together do not come back
 * together. `Retry-After` can lengthen the wait by five seconds at most, so that a wrong one stalls
 * nobody. `undefined`: there is no time left to do as we are told, and waiting for the deadline
 * would help nobody.
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
 * Seconds, or the one form of a date that HTTP still allows to be sent; milliseconds from now.
 * Anything else is ignored.
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
 * Keeps repeats from multiplying the load of a service that is down: 1.1 attempts a call in the
 * long run.
 */
export interface RetryQuota {
  /** Whether one more repeat is allowed; if so, it is paid for. */
  take(): boolean
  /** A first attempt succeeded. */
  giveBack(): void
}

const fullQuota = 100
const costOfRepeat = 10

/** One for each client: ten repeats in a row, then one for every ten calls that succeed at once. */
export function createRetryQuota(): RetryQuota {
  let tokens = fullQuota
  return {
    take() {
      if (tokens < costOfRepeat) return false
      tokens -= costOfRepeat
      return true
    },
    giveBack() {
      tokens = Math.min(fullQuota, tokens + 1)
    },
  }
}
