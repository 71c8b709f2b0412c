import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type PostgresServer,
  startPostgres,
} from '../../../packages/inbox/src/testing/postgres-server.ts'
import { type RedisServer, startRedis } from '../../../packages/inbox/src/testing/redis-server.ts'
import { freePort } from '../../../packages/inbox/src/testing/server-process.ts'
import { type Receiver, startReceiver } from './children.ts'
import type { ReceiverConfig } from './receiver.ts'
import { deliver, type Figures, newFigures } from './sender.ts'
import { openStore, type ProofStore, type StorePlace } from './stores.ts'

export type StoreKind = StorePlace['kind']

/** An empty store on its own server, as the proof's own process uses it. */
export interface Stage {
  readonly kind: StoreKind
  readonly place: StorePlace
  readonly store: ProofStore<unknown>
  readonly server: PostgresServer | RedisServer | undefined
  readonly folder: string
  start(
    count: number,
    more?: Partial<ReceiverConfig>,
    env?: Readonly<Record<string, string>>,
  ): Promise<Receiver[]>
  /** The number of handler calls in all processes. */
  calls(): number
  end(): Promise<void>
}

export async function setStage(kind: StoreKind): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'entrust-proof-'))
  const { place, server } = await startServer(kind, folder)
  const store = await openStore(place)
  const callLog = join(folder, 'calls')
  const receivers: Receiver[] = []
  return {
    ...{ kind, place, store, server, folder },
    async start(count, more = {}, env = {}) {
      for (let at = 0; at < count; at++) {
        const config = {
          store: place,
          port: await freePort(),
          name: `r${receivers.length}`,
          callLog,
          leaseMs: 1_500,
          ...more,
        }
        receivers.push(await startReceiver(config, env))
      }
      return receivers.slice(-count)
    },
    calls() {
      try {
        return readFileSync(callLog, 'utf8').split('\n').length - 1
      } catch {
        return 0
      }
    },
    async end() {
      await Promise.all(receivers.map((receiver) => receiver.end()))
      await store.close()
      await server?.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startServer(kind: StoreKind, folder: string) {
  if (kind === 'sqlite')
    return { place: { kind, path: join(folder, 'inbox.db') }, server: undefined } as const
  if (kind === 'postgres') {
    const server = await startPostgres()
    return { place: { kind, url: server.url }, server } as const
  }
  // `always`: with `everysec`, a crash of Redis may lose what it has not yet written to the file.
  const server = await startRedis({ appendfsync: 'always' })
  return { place: { kind, port: server.port }, server } as const
}

/**
 * Sends new notifications, `inFlight` at a time, until `stop` is called; then waits for those in
 * flight.
 */
export function startTraffic(
  ports: readonly number[],
  { inFlight, limit = Number.POSITIVE_INFINITY }: { inFlight: number; limit?: number },
) {
  const figures = newFigures()
  let stopped = false
  const run = Math.random().toString(36).slice(2, 8)
  const lane = async () => {
    while (!stopped && figures.sent < limit)
      await deliver(`EV-${run}-${figures.sent}`, ports, figures, Math.random)
  }
  const lanes = Promise.all(Array.from({ length: inFlight }, lane))
  return {
    figures,
    done: () => lanes,
    async stop() {
      stopped = true
      await lanes
    },
  }
}

/**
 * Waits until no record is ready or leased. Throws when nothing changes for 30 s.
 */
export async function drained({ store }: Stage): Promise<void> {
  for (let last = -1, still = 0; still < 600; still++) {
    const { ready, leased, parked } = await store.inbox.stats()
    if (parked > 0) throw new Error(`${parked} parked`)
    if (ready + leased === 0) return
    if (ready + leased !== last) still = 0
    last = ready + leased
    await pause(50)
  }
  const stuck = (await store.inbox.list({ state: 'ready', limit: 3 })).map(
    ({ id, error }) => `${id}: ${error}`,
  )
  throw new Error(`The inbox does not empty: ${stuck.join(', ')}`)
}

/** The counts that must be 0, and other figures to report. */
export interface Outcome {
  readonly sent: number
  readonly lost: number
  readonly doubleEffects: number
  /** Effects of ids that were never acknowledged as genuine. */
  readonly strangeEffects: number
  readonly rejectedGenuine: number
  readonly acceptedForged: number
  readonly lateResponses: number
  readonly recalls: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

export async function judge(stage: Stage, figures: Figures): Promise<Outcome> {
  await drained(stage)
  const effects = await stage.store.effects()
  const times = figures.times.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)
  const ids = [...figures.acknowledged]
  return {
    sent: figures.sent,
    lost: ids.filter((id) => !effects.has(id)).length,
    doubleEffects: [...effects.values()].filter((count) => count > 1).length,
    strangeEffects: [...effects.keys()].filter((id) => !figures.acknowledged.has(id)).length,
    rejectedGenuine: figures.rejectedGenuine,
    acceptedForged: figures.acceptedForged,
    lateResponses: times.filter((ms) => ms > 5_000).length,
    recalls: stage.calls() - effects.size,
    ...{ p50: at(0.5), p99: at(0.99), max: at(1) },
  }
}
