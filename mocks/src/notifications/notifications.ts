import { MockStateError } from '../contracts/contracts.ts'
import type { Delivery, Notification, Notifier, SentNotification } from './notifier.ts'

/** A delivery together with what it told. */
export interface Delivered extends Delivery {
  readonly event_type: string
  /** What was sealed into it. */
  readonly resource: object
}

/**
 * The notifications of a mock: wait for them, look into them, and have them come as badly as real
 * ones may.
 */
export interface Notifications {
  /** The next delivery whose attempt has ended and that no `next` has given yet; waits for it. */
  next(): Promise<Delivered>
  /** All notifications, oldest first, delivered or not. */
  list(): Notification[]
  /** Keeps new notifications back, until `release`: so they come late. */
  hold(): void
  /** Whether new ones are kept back. */
  readonly holding: boolean
  /**
   * Sends what was kept back, in order or `reversed`. Resolves when the first attempts have ended.
   */
  release(order?: 'in-order' | 'reversed'): Promise<void>
  /**
   * Sends the same notification again, with a new signature, as WeChat Pay may at any time. @throws
   * {MockStateError}
   */
  repeat(notification: NotificationRef): Promise<Delivered>
  /**
   * Sends it with a signature probe (签名探测流量), which must be refused; the genuine one follows 15 s
   * later by the mock's clock. @throws {MockStateError}
   */
  probe(notification: NotificationRef): Promise<Delivered>
  /**
   * Sends it with a signature that is genuine but old; default 301 s, one more than is fresh.
   * @throws {MockStateError}
   */
  stale(notification: NotificationRef, ageSeconds?: number): Promise<Delivered>
}

/** A notification: its id, or an object that holds it. */
export type NotificationRef = string | { readonly notification_id: string }

/** The seconds after which the genuine one follows a probe: the first step of the schedule. */
const afterProbe = 15

export function createNotifications(notifier: Notifier): Notifications & { reset(): void } {
  let ended: Delivered[] = []
  let waiting: ((delivered: Delivered) => void)[] = []

  const find = (ref: NotificationRef): SentNotification => {
    const id = typeof ref === 'string' ? ref : ref.notification_id
    const told = notifier.told.get(id)
    if (told === undefined)
      throw new MockStateError('NOT_FOUND', `No notification has the id ${JSON.stringify(id)}`)
    return told
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
    next() {
      const delivered = ended.shift()
      return delivered === undefined
        ? new Promise((resolve) => waiting.push(resolve))
        : Promise.resolve(delivered)
    },
    list: () =>
      [...notifier.told.values()].map(
        ({ id, create_time, held, url, event_type, summary, resource, error }) => ({
          ...{ notification_id: id, create_time, held, url, event_type, summary, resource },
          ...(error !== undefined && { error }),
        }),
      ),
    hold: () => notifier.holdBack(true),
    get holding() {
      return notifier.holding
    },
    async release(order = 'in-order') {
      notifier.holdBack(false)
      const held = [...notifier.told.values()].filter((told) => told.held)
      if (order === 'reversed') held.reverse()
      for (const told of held) {
        told.held = false
        await notifier.begin(told)
      }
    },
    repeat: async (ref) => complete(await notifier.send(find(ref), 'genuine')),
    async probe(ref) {
      const told = find(ref)
      const delivery = await notifier.send(told, 'probe')
      if (!told.held) notifier.beginAfter(told, afterProbe)
      return complete(delivery)
    },
    stale: async (ref, ageSeconds = 301) =>
      complete(await notifier.send(find(ref), 'stale', ageSeconds)),
    reset() {
      ended = []
      waiting = []
    },
  }
}
