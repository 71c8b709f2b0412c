import { deadlinePassed, startDeadline } from '@wechatpay-entrust/base'
import { buildNotification, formatTime } from '@wechatpay-entrust/notification/platform'
import type { Clock, Scheduler } from '../platform/clock.ts'
import type { Feed } from '../platform/feed.ts'
import type { Identity } from '../platform/identity.ts'
import type { RandomHex } from '../platform/random.ts'
import { notDelivered, type Report } from '../report.ts'
import type { Deliver } from './deliver.ts'
import type { Delivery, DeliveryKind, Notice, SentNotification } from './notification.ts'

export interface Notifier {
  /**
   * Sends, and repeats by the schedule until a response is 2xx. Resolves when the first attempt has
   * ended.
   */
  notify(notice: Notice): Promise<SentNotification>
  /** Sends once more, outside the schedule. */
  send(notification: SentNotification, kind: DeliveryKind, ageSeconds?: number): Promise<Delivery>
  /** Starts the schedule's next attempt, now or after a number of seconds. */
  begin(notification: SentNotification): Promise<void>
  beginAfter(notification: SentNotification, seconds: number): void
  holdBack(isHolding: boolean): void
  readonly holding: boolean
  /** By id, oldest first. */
  readonly notifications: ReadonlyMap<string, SentNotification>
  deliveries(): Delivery[]
  /** Calls the listener with each delivery that has ended. */
  onDelivered(listener: (delivery: Delivery) => void): void
  /** Stops and forgets everything. */
  reset(): void
}

/**
 * Seconds between the attempts until a response is 2xx: 15 repeats over 24 h 4 min. Most APIv3
 * products use this schedule; the one of these operations is not documented.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012075420
 */
export const retryDelays: readonly number[] = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600,
]

/** The merchant must respond within 5 seconds (merchant/4012075420). */
const attemptMilliseconds = 5000

/** The same as in a recorded real notification. */
const commonHeaders = { Accept: '*/*', 'User-Agent': 'Mozilla/4.0' }

export interface NotifierOptions {
  readonly identity: Identity
  /** The mock's time: the schedule and `create_time`. */
  readonly scheduler: Scheduler
  /** The time of signatures. */
  readonly clock: Clock
  readonly delays: readonly number[]
  readonly deliver: Deliver
  readonly randomHex: RandomHex
  readonly feed: Feed
  readonly report: Report
}

export function createNotifier(options: NotifierOptions): Notifier {
  const { identity, scheduler, clock, delays, deliver, randomHex, feed, report } = options
  const notifications = new Map<string, SentNotification>()
  let deliveries: Delivery[] = []
  let stopped = new AbortController()
  let holding = false
  let delivered: (delivery: Delivery) => void = () => undefined

  const build = (one: SentNotification, kind: DeliveryKind, ageSeconds: number) => {
    const { id, create_time, event_type, summary, resource, signer } = one
    const { original_type = 'entrust', associated_data = 'entrust' } = one
    return buildNotification({
      ...{ id, create_time, event_type, summary, resource, ...signer, randomHex },
      original_type,
      associated_data,
      apiV3Key: identity.apiV3Key,
      clock: () => clock() - ageSeconds * 1000,
      probe: kind === 'probe',
    })
  }

  /** One attempt, with a new signature. */
  const send = async (
    one: SentNotification,
    kind: DeliveryKind,
    ageSeconds = 0,
  ): Promise<Delivery> => {
    const { signal } = stopped
    one.attempts += 1
    const index = deliveries.length
    const record = (changes: Partial<Delivery>): Delivery => {
      const delivery = { ...(deliveries[index] as Delivery), ...changes }
      if (!signal.aborted) deliveries[index] = delivery
      feed.emit({ type: 'notification', id: one.id })
      return delivery
    }
    const { url, attempts: attempt } = one
    const started = {
      notification_id: one.id,
      url,
      status: null,
      attempt,
      kind,
      at: scheduler.now(),
    }
    deliveries.push({ ...started, headers: {}, body: '' })
    let ended: Delivery
    try {
      const { headers: own, body } = await build(one, kind, ageSeconds)
      const headers = { ...commonHeaders, ...own }
      record({ headers, body: new TextDecoder().decode(body) })
      ended = record({
        status: await withinLimit(
          (limit) => deliver({ url, headers, body, signal: limit }),
          signal,
        ),
      })
    } catch (reason) {
      const error = reason instanceof Error ? reason.message : String(reason)
      ended = record({ error })
      if (!signal.aborted) report(notDelivered(one.id, attempt, url, reason))
    }
    one.error = ended.error
    if (!signal.aborted) delivered(ended)
    return ended
  }

  const begin = async (one: SentNotification): Promise<void> => {
    const { signal } = stopped
    one.scheduled += 1
    const { status } = await send(one, 'genuine')
    const accepted = status !== null && status >= 200 && status < 300
    const delay = delays[one.scheduled - 1]
    if (!accepted && delay !== undefined && !signal.aborted) beginAfter(one, delay)
  }

  const beginAfter = (one: SentNotification, seconds: number): void =>
    scheduler.schedule(scheduler.now() + seconds * 1000, () => begin(one))

  return {
    notifications,
    begin,
    beginAfter,
    send,
    async notify(notice) {
      const id = `EV-${randomHex(16)}`
      const create_time = formatTime(scheduler.now())
      const one: SentNotification = {
        ...notice,
        id,
        create_time,
        held: holding,
        attempts: 0,
        scheduled: 0,
      }
      notifications.set(id, one)
      feed.emit({ type: 'notification', id })
      if (!holding) await begin(one)
      return one
    },
    holdBack(isHolding) {
      holding = isHolding
      feed.emit({ type: 'notification' })
    },
    get holding() {
      return holding
    },
    deliveries: () => [...deliveries],
    onDelivered(listener) {
      delivered = listener
    },
    reset() {
      stopped.abort(new Error('the mock was reset'))
      stopped = new AbortController()
      deliveries = []
      notifications.clear()
      holding = false
    },
  }
}

/** Ends the wait after five seconds, even if an injected `deliver` ignores its signal. */
async function withinLimit<T>(
  work: (limit: AbortSignal) => Promise<T>,
  stopped: AbortSignal,
): Promise<T> {
  stopped.throwIfAborted()
  const deadline = startDeadline(attemptMilliseconds, stopped)
  try {
    return await deadline.race(work(deadline.signal))
  } catch (reason) {
    throw reason === deadlinePassed ? new Error('no answer within 5 seconds') : reason
  } finally {
    deadline.release()
  }
}
