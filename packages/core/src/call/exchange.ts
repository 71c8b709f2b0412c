import { startDeadline } from '@wechatpay-entrust/base'
import type * as Failures from '../errors/failure.ts'
import type { CallContext } from './context.ts'
import { type AttemptEvent, reportAttempt } from './events.ts'
import type { ApiResponse } from './operation.ts'
import { readResponse } from './response.ts'
import { createRetryQuota, isHostFailure, isProbe, isRepeatable, pauseBefore } from './retry.ts'
import type { Send, SignedResponse } from './transport.ts'

/** What an exchange needs from its client. */
export interface ExchangeOptions {
  readonly send: Send
  /** Origin of the first attempt. */
  readonly origin: string
  /** Origin of the attempts after a failure of the first host. */
  readonly backupOrigin: string
  readonly clock: () => number
  /** Gets the `attempt` events; absent if no one reads them. */
  readonly report: ((event: AttemptEvent) => void) | undefined
}

/** One call: its arguments are checked and its body is serialised. */
export interface Outgoing {
  /** Path and query. */
  readonly target: string
  readonly body: string | undefined
  readonly signal: AbortSignal | undefined
  readonly maxAttempts: number
  /** Instead of those of the client: the hosts of a transfer. */
  readonly hosts?: Pick<ExchangeOptions, 'origin' | 'backupOrigin'> | undefined
  /** Instead of the client's: a transfer sends and reads in its own way. */
  readonly send?: Send | undefined
  readonly read?: Read | undefined
}

/** Reads a response to its end. The signal aborts at the deadline, or when the caller aborts. */
export type Read = (
  response: SignedResponse,
  context: CallContext,
  signal: AbortSignal,
) => Promise<ApiResponse<unknown>>

/** Makes one call: its attempts and the pauses between them share one deadline. */
export type Exchange = (outgoing: Outgoing, context: CallContext) => Promise<ApiResponse<unknown>>

/**
 * The errors and their texts in two languages. Loaded at the first call, like ky: not at a failure,
 * when the files of a running process may have been replaced.
 */
let failures: typeof Failures | undefined

/** Every attempt sends the same bytes through `send`, which signs each attempt again. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { clock, report } = options
  const quota = createRetryQuota()

  return async function exchange(outgoing, context) {
    const { target, body, signal, maxAttempts, hosts = options } = outgoing
    signal?.throwIfAborted()
    failures ??= await import('../errors/failure.ts')
    const loaded = failures
    const { asFailure } = loaded
    const { send = options.send } = outgoing
    const { read = (response, context) => readResponse(response, context, loaded) } = outgoing
    const { operation, method } = context
    const deadline = startDeadline(context.timeout, signal)
    let url = hosts.origin + target
    let isProbed = false

    function pauseAfter(error: unknown, response: SignedResponse | undefined): number | undefined {
      if (context.attempt >= maxAttempts || deadline.signal.aborted) return undefined
      if (!(isProbe(error) ? context.isSafe && !isProbed : isRepeatable(error))) return undefined
      const pause = pauseBefore({
        attempt: context.attempt,
        status: response?.status,
        retryAfter: response?.headers.get('retry-after'),
        remaining: deadline.remaining(),
        now: clock(),
        random: Math.random(),
      })
      return pause !== undefined && quota.take() ? pause : undefined
    }

    try {
      for (context.attempt = 1; ; context.attempt += 1) {
        context.url = url
        const startedAt = performance.now()
        let response: SignedResponse | undefined
        try {
          response = await deadline.race(
            send({ operation, method, url, body, signal: deadline.signal }),
          )
          const result = await deadline.race(read(response, context, deadline.signal))
          if (context.attempt === 1) quota.giveBack()
          if (report) reportAttempt(report, context, { startedAt, response })
          return result
        } catch (thrown) {
          const error = asFailure(thrown, context, signal)
          const delayMs = pauseAfter(error, response)
          if (report) reportAttempt(report, context, { startedAt, response, error, delayMs })
          if (delayMs === undefined) throw error
          isProbed ||= isProbe(error)
          if (isHostFailure(error)) url = hosts.backupOrigin + target
          // A later attempt cannot tell whether this one was carried out.
          context.unsure ||= isProbe(error) || hasUnknownOutcome(error)
          await deadline.wait(delayMs, error)
        }
      }
    } finally {
      deadline.release()
    }
  }
}

const hasUnknownOutcome = (error: unknown) => (error as { outcome?: unknown }).outcome === 'unknown'
