import { startDeadline } from '@wechatpay-entrust/base'
import type { CallContext } from '../errors/failure.ts'
import { type ClientEvent, reportAttempt } from './events.ts'
import type { ApiResponse } from './operation.ts'
import { readResponse } from './response.ts'
import { createRetryQuota, isHostFailure, isProbe, isRepeatable, pauseBefore } from './retry.ts'
import type { Send, SignedResponse } from './transport.ts'

/** What an exchange needs of the client. */
export interface ExchangeOptions {
  readonly send: Send
  /** Origin of the first attempt. */
  readonly origin: string
  /** Origin of the attempts after one that reached no service at the first. */
  readonly backupOrigin: string
  readonly clock: () => number
  readonly onEvent: ((event: ClientEvent) => unknown) | undefined
}

/** One call, checked and serialised. */
export interface Outgoing {
  /** Path and query. */
  readonly target: string
  readonly body: string | undefined
  readonly signal: AbortSignal | undefined
  readonly maxAttempts: number
}

/** Carries out one call: its attempts and the waits between them, all under one deadline. */
export type Exchange = (outgoing: Outgoing, context: CallContext) => Promise<ApiResponse<unknown>>

/** Every attempt sends the same bytes through `send`, which signs each of them anew. */
export function createExchange({
  send,
  origin,
  backupOrigin,
  clock,
  onEvent,
}: ExchangeOptions): Exchange {
  const quota = createRetryQuota()

  return async function exchange({ target, body, signal, maxAttempts }, context) {
    signal?.throwIfAborted()
    const deadline = startDeadline(context.timeout, signal)
    let url = origin + target
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
        const startedAt = performance.now()
        let response: SignedResponse | undefined
        try {
          response = await deadline.race(
            send({ method: context.method, url, body, signal: deadline.signal }),
          )
          const answer = await deadline.race(readResponse(response, context))
          if (context.attempt === 1) quota.giveBack()
          if (onEvent) reportAttempt(onEvent, context, { url, startedAt, response })
          return answer
        } catch (thrown) {
          const error = await import('../errors/failure.ts').then(
            ({ asFailure }) => asFailure(thrown, context, signal),
            () => thrown, // better without our words than not at all
          )
          const delayMs = pauseAfter(error, response)
          if (onEvent) reportAttempt(onEvent, context, { url, startedAt, response, error, delayMs })
          if (delayMs === undefined) throw error
          isProbed ||= isProbe(error)
          if (isHostFailure(error)) url = backupOrigin + target
          // What this attempt may have done stays open, whatever the next one says.
          context.unsure ||= isProbe(error) || leavesOpen(error)
          await deadline.wait(delayMs, error)
        }
      }
    } finally {
      deadline.release()
    }
  }
}

const leavesOpen = (error: unknown) => (error as { outcome?: unknown }).outcome === 'unknown'
