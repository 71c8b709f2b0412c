import { callListener, requestIdOf } from '@wechatpay-entrust/base'
import { isTyped } from '../errors/api-error.ts'
import type { CallContext } from '../errors/failure.ts'

/**
 * One attempt of a call has ended: with its answer, with a failure, at the deadline, or because the
 * caller gave up.
 */
export interface AttemptEvent {
  readonly type: 'attempt'
  /** The operation's id, or method and path of an untyped request. */
  readonly operation: string
  /** From 1. */
  readonly attempt: number
  /**
   * Host, with a port that is not the scheme's own: it tells the backup host (备域名) from the main
   * one.
   */
  readonly host: string
  /** HTTP status; absent when no answer came. */
  readonly status?: number
  /** Milliseconds from sending to the end of the verified body. */
  readonly durationMs: number
  /** `Request-ID` of the answer. */
  readonly requestId?: string
  /**
   * Why the attempt gave no result: the `code` of the error, `ABORTED` when the caller's signal
   * ended it.
   */
  readonly code?: string
  /** Whether another attempt follows. */
  readonly willRetry: boolean
  /** Milliseconds until that attempt. */
  readonly delayMs?: number
}

/** What a client tells its `onEvent`. SentNotification apart by `type`; more types may come. */
export type ClientEvent = AttemptEvent

/** What `reportAttempt` makes an event of. */
export interface EndedAttempt {
  readonly url: string
  /** By `performance.now()`. */
  readonly startedAt: number
  readonly response: Response | undefined
  readonly error?: unknown
  readonly delayMs?: number | undefined
}

/**
 * Tells the listener. What it throws, at once or later, is its own affair and changes no result.
 */
export function reportAttempt(
  listener: (event: ClientEvent) => unknown,
  { operation, attempt }: Pick<CallContext, 'operation' | 'attempt'>,
  ended: EndedAttempt,
): void {
  const { url, startedAt, response, error, delayMs } = ended
  // A refused 2xx never reached us as a response; its error knows what it was.
  const seen = (error ?? {}) as {
    name?: unknown
    code?: unknown
    status?: number
    requestId?: string
  }
  const status = response?.status ?? seen.status
  const requestId = seen.requestId ?? (response && requestIdOf(response.headers))
  const event: AttemptEvent = {
    type: 'attempt',
    operation,
    attempt,
    host: new URL(url).host,
    ...(status === undefined ? {} : { status }),
    durationMs: performance.now() - startedAt,
    ...(requestId === undefined ? {} : { requestId }),
    ...(error === undefined ? {} : { code: isTyped(error) ? String(seen.code) : 'ABORTED' }),
    willRetry: delayMs !== undefined,
    ...(delayMs === undefined ? {} : { delayMs }),
  }
  callListener(listener, event)
}
