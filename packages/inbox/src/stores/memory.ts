import { requireKnownOptions } from '@wechatpay-entrust/auth'
import { randomHex } from '@wechatpay-entrust/auth/crypto'
import type {
  Claim,
  InboxEntry,
  InboxRecord,
  InboxState,
  InboxStats,
  Lease,
  NotificationInbox,
} from '../inbox.ts'
import { requireHorizon } from './horizon.ts'
import { requireRecord, storableText, toMilliseconds } from './record.ts'
import { toStats } from './stats.ts'
import { createSteadyClock } from './steady-clock.ts'

interface Row {
  readonly record: InboxRecord
  readonly receivedAt: number
  state: InboxState
  attempts: number
  /** When it may be leased next; for a done one, when it was done. */
  dueAt: number
  token: string | undefined
  error: string | undefined
  /** True while a completion runs: no one else may lease the record then. */
  completing: boolean
}

/**
 * Stores notifications in the memory of this process: **all of them are lost when the process
 * ends**, although WeChat Pay got a 204 for them. For tests and demonstrations. It has no
 * transactions: `apply` gets `undefined`.
 *
 * @example
 * ```ts
 * import { createMemoryInbox } from '@wechatpay-entrust/inbox/memory'
 *
 * const inbox = createMemoryInbox({ clock: () => Date.parse('2026-11-23T12:00:00+08:00') })
 * ```
 */
export function createMemoryInbox(
  options: { readonly clock?: (() => number) | undefined } = {},
): NotificationInbox {
  requireKnownOptions(options, { clock: true })
  const wallClock = options.clock ?? Date.now
  const clock = createSteadyClock(wallClock)
  // A Map keeps the insertion order: oldest first.
  const rows = new Map<string, Row>()
  const all = () => [...rows.values()]
  const held = ({ record, token }: Lease): Row | undefined => {
    const row = rows.get(keyOf(record))
    return row?.state === 'leased' && row.token === token ? row : undefined
  }

  return {
    location: 'memory',

    async claim(record, signal): Promise<Claim> {
      requireRecord(record)
      signal.throwIfAborted()
      const known = rows.get(keyOf(record))
      if (known !== undefined)
        return known.record.digest === record.digest ? 'duplicate' : 'conflict'
      const now = clock()
      rows.set(keyOf(record), {
        record: { ...record, sealed: Uint8Array.from(record.sealed) },
        receivedAt: now,
        state: 'ready',
        attempts: 0,
        dueAt: now,
        token: undefined,
        error: undefined,
        completing: false,
      })
      return 'new'
    },

    async lease({ limit, leaseMs }): Promise<Lease[]> {
      const duration = toMilliseconds('leaseMs', leaseMs)
      const now = clock()
      return all()
        .filter(({ state, dueAt, completing }) => isOpen(state) && dueAt <= now && !completing)
        .sort((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit)
        .map((row) => {
          const token = randomHex(16)
          Object.assign(row, {
            state: 'leased',
            token,
            attempts: row.attempts + 1,
            dueAt: now + duration,
          })
          return { record: row.record, token, attempt: row.attempts }
        })
    },

    async renew(lease, leaseMs): Promise<boolean> {
      const duration = toMilliseconds('leaseMs', leaseMs)
      const row = held(lease)
      if (row !== undefined) row.dueAt = clock() + duration
      return row !== undefined
    },

    async complete(lease, apply): Promise<boolean> {
      const row = held(lease)
      if (row === undefined || row.completing) return false
      row.completing = true
      try {
        await apply?.(undefined)
        Object.assign(row, { state: 'done', token: undefined, dueAt: clock() })
        return true
      } finally {
        row.completing = false
      }
    },

    async release(lease, { delayMs, error, park = false }): Promise<boolean> {
      const delay = toMilliseconds('delayMs', delayMs)
      const row = held(lease)
      if (row === undefined || row.completing) return false
      Object.assign(row, {
        state: park ? 'parked' : 'ready',
        token: undefined,
        dueAt: clock() + delay,
        error: storableText(error),
      })
      return true
    },

    async stats(): Promise<InboxStats> {
      const count = (state: InboxState) => all().filter((row) => row.state === state).length
      const oldest = all().find(({ state }) => state === 'ready')
      return toStats(count, oldest === undefined ? 0 : clock() - oldest.receivedAt)
    },

    async prune({ doneBefore }): Promise<number> {
      requireHorizon(doneBefore, Math.min(clock(), wallClock()))
      const old = [...rows].filter(
        ([, { state, dueAt }]) => state === 'done' && dueAt < doneBefore.getTime(),
      )
      for (const [key] of old) rows.delete(key)
      return old.length
    },

    async list({ state, limit = 100 } = {}): Promise<InboxEntry[]> {
      return all()
        .filter((row) => state === undefined || row.state === state)
        .slice(0, limit)
        .map(toEntry)
    },

    async find(scope, id): Promise<InboxEntry | undefined> {
      const row = rows.get(keyOf({ scope, id }))
      return row && toEntry(row)
    },

    async retry(scope, id): Promise<boolean> {
      const row = rows.get(keyOf({ scope, id }))
      if (row?.state !== 'parked') return false
      Object.assign(row, { state: 'ready', attempts: 0, dueAt: clock() })
      return true
    },

    async close() {},
  }
}

const keyOf = ({ scope, id }: { scope: string; id: string }) => JSON.stringify([scope, id])

const isOpen = (state: InboxState) => state === 'ready' || state === 'leased'

function toEntry({ record, state, attempts, receivedAt, dueAt, error }: Row): InboxEntry {
  const entry = {
    ...record,
    state,
    attempts,
    receivedAt: new Date(receivedAt),
    dueAt: new Date(dueAt),
  }
  return error === undefined ? entry : { ...entry, error }
}
