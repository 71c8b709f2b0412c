import { randomHex } from '@wechatpay-entrust/auth/crypto'
import { buildNotification, formatTime } from '@wechatpay-entrust/notification/platform'
import type { Clock, Scheduler } from './clock.ts'
import type { Deliver } from './deliver.ts'
import type { Identity, Signer } from './identity.ts'

/** One attempt to deliver a notification. */
export interface Delivery {
  readonly notification_id: string
  readonly url: string
  /** The answer's HTTP status, or null when none came, or not yet. */
  status: number | null
  /** Counts from 1. */
  readonly attempt: number
  /** Why no answer came. */
  error?: string
}

/** What is to be told, and where. */
export interface Notice {
  readonly url: string
  readonly event_type: string
  readonly summary: string
  readonly resource: object
  readonly signer: Signer
}

export interface Notifier {
  /** Sends, and again by the schedule until an answer is 2xx. Resolves when the first attempt has ended. */
  notify(notice: Notice): Promise<void>
  deliveries(): Delivery[]
  /** Stops and forgets everything. */
  reset(): void
}

/**
 * Seconds between the attempts when no 2xx comes: 15 repeats over 24 h 4 min, the schedule of most APIv3 products. That
 * of this family is not documented. https://pay.weixin.qq.com/doc/v3/merchant/4012075420
 */
export const retryDelays: readonly number[] = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600,
]

/** "Answer within 5 seconds" (merchant/4012075420). */
const attemptMilliseconds = 5000

/** As in a dump of a real notification. */
const commonHeaders = { Accept: '*/*', 'User-Agent': 'Mozilla/4.0' }

export interface NotifierOptions {
  readonly identity: Identity
  /** The mock's time: the schedule and `create_time`. */
  readonly scheduler: Scheduler
  /** The time on signatures. */
  readonly clock: Clock
  readonly deliver: Deliver
  readonly log: (line: string) => void
}

export function createNotifier({ identity, scheduler, clock, deliver, log }: NotifierOptions): Notifier {
  let deliveries: Delivery[] = []
  let stopped = new AbortController()

  const attempt = async (
    notice: Notice,
    id: string,
    create_time: string,
    count: number,
    { signal }: AbortController,
  ): Promise<void> => {
    if (signal.aborted) return
    const delivery: Delivery = { notification_id: id, url: notice.url, status: null, attempt: count }
    deliveries.push(delivery)
    try {
      // Signed anew for each attempt.
      const { headers, body } = await buildNotification({
        id,
        create_time,
        event_type: notice.event_type,
        summary: notice.summary,
        original_type: 'entrust',
        associated_data: 'entrust',
        resource: notice.resource,
        apiV3Key: identity.apiV3Key,
        key: notice.signer.key,
        serialNumber: notice.signer.serialNumber,
        clock,
      })
      const send = (limit: AbortSignal) =>
        deliver({ url: notice.url, headers: { ...commonHeaders, ...headers }, body, signal: limit })
      delivery.status = await withinLimit(send, signal)
    } catch (error) {
      delivery.error = error instanceof Error ? error.message : String(error)
      if (!signal.aborted)
        log(`notification ${id}, attempt ${count}: not delivered to ${notice.url}: ${delivery.error}`)
    }
    const accepted = delivery.status !== null && delivery.status >= 200 && delivery.status < 300
    const delay = retryDelays[count - 1]
    if (accepted || delay === undefined || signal.aborted) return
    scheduler.schedule(scheduler.now() + delay * 1000, () => attempt(notice, id, create_time, count + 1, stopped))
  }

  return {
    notify: (notice) => attempt(notice, `EV-${randomHex(16)}`, formatTime(scheduler.now()), 1, stopped),
    deliveries: () => deliveries.map((delivery) => ({ ...delivery })),
    reset() {
      stopped.abort(new Error('the mock was reset'))
      stopped = new AbortController()
      deliveries = []
    },
  }
}

/** Ends the wait after five seconds, also when an injected `deliver` does not listen to its signal. */
function withinLimit<T>(work: (limit: AbortSignal) => Promise<T>, stopped: AbortSignal): Promise<T> {
  const limit = new AbortController()
  const stop = () => limit.abort(stopped.reason)
  stopped.addEventListener('abort', stop)
  const timer = setTimeout(() => limit.abort(new Error('no answer within 5 seconds')), attemptMilliseconds)
  const ended = new Promise<never>((_, reject) =>
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason)),
  )
  return Promise.race([work(limit.signal), ended]).finally(() => {
    clearTimeout(timer)
    stopped.removeEventListener('abort', stop)
  })
}
