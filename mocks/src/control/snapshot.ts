import type { Contract } from '../contracts/contract.ts'
import type { SessionEntry } from '../contracts/contracts.ts'
import { type Fault, faultNames } from '../faults/fault.ts'
import type { Mock } from '../mock.ts'
import { partsOf } from '../mock-parts.ts'
import type { Delivery, Notification } from '../notifications/notification.ts'
import type { PlatformState } from '../platform/platform.ts'
import type { RequestEntry } from '../requests/request-log.ts'

/** The latest items of a list, newest first, and how many there are in total. */
export interface Latest<Item> {
  readonly total: number
  readonly items: readonly Item[]
}

/** An attempt to deliver, without its message. */
export type Attempt = Omit<Delivery, 'headers' | 'body' | 'notification_id' | 'url'>

/** A notification in the list, without its content: the console loads that by id. */
export interface NotificationEntry extends Omit<Notification, 'resource'> {
  readonly attempts: readonly Attempt[]
}

/** Everything that the console shows, except single requests and notifications. */
export interface Snapshot {
  readonly merchant: {
    readonly mchid: string
    readonly serialNumber: string
    readonly apiV3Key: string
    readonly publicKeyId: string
  }
  readonly clock: { readonly now: number; readonly frozen: boolean }
  readonly requests: Latest<RequestEntry>
  readonly sessions: Latest<SessionEntry>
  readonly contracts: Latest<Contract>
  readonly notifications: Latest<NotificationEntry> & { readonly holding: boolean }
  readonly faults: readonly Fault[]
  readonly platform: PlatformState
  /** The choices of the forms. */
  readonly operations: readonly string[]
  readonly faultNames: readonly string[]
}

const shown = 200

export function takeSnapshot(mock: Mock): Snapshot {
  const { mchid, serialNumber, apiV3Key, publicKey } = mock.merchant
  const attempts = groupById(mock.deliveries())
  const notifications = latest(mock.notifications.list())
  return {
    merchant: { mchid, serialNumber, apiV3Key, publicKeyId: publicKey.id },
    clock: { now: mock.clock.now(), frozen: mock.clock.frozen },
    requests: latest(mock.requests()),
    sessions: latest(mock.sessions()),
    contracts: latest(mock.contracts()),
    notifications: {
      total: notifications.total,
      items: notifications.items.map(({ resource: _, ...notification }) => ({
        ...notification,
        attempts: (attempts.get(notification.notification_id) ?? []).map(withoutMessage),
      })),
      holding: mock.notifications.holding,
    },
    faults: mock.faults.list(),
    platform: mock.platform.state(),
    operations: partsOf(mock).operations.all.map(({ operation }) => operation.id),
    faultNames,
  }
}

const latest = <Item>(all: readonly Item[]): Latest<Item> => ({
  total: all.length,
  items: all.slice(-shown).reverse(),
})

const withoutMessage = ({
  headers: _h,
  body: _b,
  notification_id: _n,
  url: _u,
  ...attempt
}: Delivery): Attempt => attempt

function groupById(deliveries: readonly Delivery[]): Map<string, Delivery[]> {
  const groups = new Map<string, Delivery[]>()
  for (const delivery of deliveries)
    groups.set(delivery.notification_id, [
      ...(groups.get(delivery.notification_id) ?? []),
      delivery,
    ])
  return groups
}
