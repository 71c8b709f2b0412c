import { requestIdOf } from '@wechatpay-entrust/base'
import { isTyped } from '../errors/api-error.ts'
import type { ViolationCode } from '../schema/violations.ts'
import type { CallContext } from './context.ts'

/**
 * One attempt of a call has ended: with a response, with a failure, at the deadline, or because the
 * caller aborted.
 */
export interface AttemptEvent {
  readonly type: 'attempt'
  /** The operation's id, or method and path of an untyped request. */
  readonly operation: string
  /** From 1. */
  readonly attempt: number
  /** Main host or backup host (备域名), with the port if it is not the default of the scheme. */
  readonly host: string
  /** HTTP status; absent when no response came. */
  readonly status?: number
  /** Milliseconds from sending until the verified body was read. */
  readonly durationMs: number
  /** `Request-ID` of the response. */
  readonly requestId?: string
  /** Why the attempt failed: the `code` of the error, or `ABORTED` when the caller aborted. */
  readonly code?: string
  /** Whether another attempt follows. */
  readonly willRetry: boolean
  /** Milliseconds until the next attempt. */
  readonly delayMs?: number
}

/**
 * A verified response has a field that does not fit the spec. The call succeeds, because WeChat Pay
 * may add and change fields. Reported once per client, operation and field.
 */
export interface ResponseViolationEvent {
  readonly type: 'response:violation'
  /** The operation's id. */
  readonly operation: string
  /** JSON Pointer (RFC 6901) into the response. */
  readonly field: string
  readonly code: ViolationCode
  readonly expected: string
  /** What was found. Never shows the value of a personal field. */
  readonly found: string
  readonly requestId?: string
}

/** The argument of `onEvent`. Check `type` first: more types may be added. */
export type ClientEvent = AttemptEvent | ResponseViolationEvent

/** An attempt that ended, for `reportAttempt`. */
export interface EndedAttempt {
  /** By `performance.now()`. */
  readonly startedAt: number
  readonly response: Response | undefined
  readonly error?: unknown
  readonly delayMs?: number | undefined
}

/** Reports an attempt that ended. */
export function reportAttempt(
  report: (event: AttemptEvent) => void,
  { operation, attempt, url }: Pick<CallContext, 'operation' | 'attempt' | 'url'>,
  ended: EndedAttempt,
): void {
  const { startedAt, response, error, delayMs } = ended
  // For a 2xx with an invalid signature there is no response, only the error of the signing fetch.
  const failed = (error ?? {}) as {
    name?: unknown
    code?: unknown
    status?: number
    requestId?: string
  }
  const status = response?.status ?? failed.status
  const requestId = failed.requestId ?? (response && requestIdOf(response.headers))
  report({
    type: 'attempt',
    operation,
    attempt,
    host: new URL(url).host,
    ...(status === undefined ? {} : { status }),
    durationMs: performance.now() - startedAt,
    ...(requestId === undefined ? {} : { requestId }),
    ...(error === undefined ? {} : { code: isTyped(error) ? String(failed.code) : 'ABORTED' }),
    willRetry: delayMs !== undefined,
    ...(delayMs === undefined ? {} : { delayMs }),
  })
}
