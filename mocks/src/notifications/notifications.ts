import { describeValue, requireValue } from '../arguments/require-values.ts'
import { ageSeconds, deliveryOrder } from '../arguments/value-types.ts'
import { MockStateError } from '../mock-state-error.ts'
import type { Delivery, Notification, SentNotification } from './notification.ts'
import type { Notifier } from './notifier.ts'
import { type NoticeParts, type NotificationToSend, readNotice } from './send.ts'

/** A delivery, with the content of its notification. */
export interface Delivered extends Delivery {
  readonly event_type: string
  /** The content that was encrypted. */
  readonly resource: object
}

/**
 * The notifications of a mock: wait for them, read them, and make them arrive late, repeated or with
 * a wrong signature, as real ones may.
 */
export interface Notifications {
  /**
   * Sends any notification, signed and encrypted, and repeats it until a response is 2xx. Resolves
   * when the first attempt has ended.
   *
   * @throws {ConfigurationError} for a notification that cannot be sent
   * @example
   * ```ts
   * import { createMock } from '@wechatpay-entrust/mock'
   *
   * const mock = createMock()
   * const { status } = await mock.notifications.send({
   *   event_type: 'TRANSACTION.SUCCESS',
   *   resource: { out_trade_no: '1217752501201407033233368018', trade_state: 'SUCCESS' },
   *   notify_url: 'http://127.0.0.1:3000/notify',
   * })
   * ```
   */
  send(notification: NotificationToSend): Promise<StartedNotification>
  /** Waits for the next ended delivery. Each delivery is returned once. */
  next(): Promise<Delivered>
  /** All notifications, oldest first, delivered or not. */
  list(): Notification[]
  /** Holds back new notifications until `release`, so that they arrive late. */
  hold(): void
  /** Whether new notifications are held back. */
  readonly holding: boolean
  /**
   * Sends what was held back, in order or `reversed`. Resolves when the first attempts have ended.
   */
  release(order?: 'in-order' | 'reversed'): Promise<void>
  /**
   * Sends the same notification again, with a new signature. WeChat Pay may do this at any time.
   *
   * @throws {MockStateError}
   */
  repeat(notification: NotificationRef): Promise<Delivered>
  /**
   * Sends it as a signature probe (签名探测流量), which the merchant must reject. The genuine one follows
   * 15 s later by the mock's clock.
   *
   * @throws {MockStateError}
   */
  probe(notification: NotificationRef): Promise<Delivered>
  /**
   * Sends it with a signature that is genuine but old. Default: 301 s, one more than is accepted.
   *
   * @throws {MockStateError}
   */
  stale(notification: NotificationRef, ageSeconds?: number): Promise<Delivered>
}

/** A notification whose delivery has started. */
export interface StartedNotification extends Notification {
  /** The HTTP status of the first response; null if there is none, also while it is held back. */
  readonly status: number | null
  /** How many attempts were made: 1, or 0 while it is held back. */
  readonly attempt: number
}

/** A notification: its id, or an object with its id. */
export type NotificationRef = string | { readonly notification_id: string }

/** Seconds between a probe and the genuine notification: the first delay of the schedule. */
const afterProbe = 15

export interface NotificationsParts extends NoticeParts {
  readonly notifier: Notifier
  /** @throws {MockStateError} while an advance of the clock runs that is not awaited */
  readonly requireAwaited: (method: string) => void
}

export function createNotifications({
  notifier,
  requireAwaited,
  ...parts
}: NotificationsParts): Notifications & { reset(): void } {
  let ended: Delivered[] = []
  let waiting: ((delivered: Delivered) => void)[] = []

  const find = (ref: NotificationRef): SentNotification => {
    const id = typeof ref === 'string' ? ref : ref?.notification_id
    const notification = notifier.notifications.get(id)
    if (notification === undefined)
      throw new MockStateError('NOT_FOUND', {
        slot: 'notification_id',
        found: describeValue(id),
        expected: 'the id of a notification of this mock',
        remedy: {
          en: 'mock.notifications.list() lists the notifications with their ids.',
          zh: 'mock.notifications.list() 可列出通知及其 ID。',
        },
      })
    return notification
  }
  const complete = (delivery: Delivery): Delivered => {
    const { event_type, resource } = find(delivery.notification_id)
    return { ...delivery, event_type, resource }
  }
  notifier.onDelivered((delivery) => {
    const delivered = complete(delivery)
    const waiter = waiting.shift()
    if (waiter === undefined) ended.push(delivered)
    else waiter(delivered)
  })

  return {
    async send(given) {
      requireAwaited('notifications.send')
      const sent = await notifier.notify(readNotice(given, parts))
      const first = notifier.deliveries().find((one) => one.notification_id === sent.id)
      return { ...show(sent), status: first?.status ?? null, attempt: first?.attempt ?? 0 }
    },
    next() {
      const delivered = ended.shift()
      return delivered === undefined
        ? new Promise((resolve) => waiting.push(resolve))
        : Promise.resolve(delivered)
    },
    list() {
      requireAwaited('notifications.list')
      return [...notifier.notifications.values()].map(show)
    },
    hold: () => notifier.holdBack(true),
    get holding() {
      return notifier.holding
    },
    async release(order = 'in-order') {
      requireValue('order', order, deliveryOrder)
      notifier.holdBack(false)
      const held = [...notifier.notifications.values()].filter((notification) => notification.held)
      if (order === 'reversed') held.reverse()
      for (const notification of held) {
        notification.held = false
        await notifier.begin(notification)
      }
    },
    repeat: async (ref) => complete(await notifier.send(find(ref), 'genuine')),
    async probe(ref) {
      const notification = find(ref)
      const delivery = await notifier.send(notification, 'probe')
      if (!notification.held) notifier.beginAfter(notification, afterProbe)
      return complete(delivery)
    },
    async stale(ref, age = 301) {
      requireValue('ageSeconds', age, ageSeconds)
      return complete(await notifier.send(find(ref), 'stale', age))
    },
    reset() {
      ended = []
      waiting = []
    },
  }
}

function show(one: SentNotification): Notification {
  const { id, create_time, held, url, event_type, summary, resource, error } = one
  return {
    ...{ notification_id: id, create_time, held, url, event_type, summary, resource },
    ...(error !== undefined && { error }),
  }
}
