import { findPostgres } from '../../../packages/inbox/src/testing/postgres-server.ts'
import { findRedis } from '../../../packages/inbox/src/testing/redis-server.ts'
import {
  findProgram,
  listFolder,
  type Missing,
} from '../../../packages/inbox/src/testing/server-process.ts'
import { faults } from '../table.ts'
import { leaseOutlivesClockAhead, respondWithClockOff } from './clock.ts'
import { crashPoints } from './crash-points.ts'
import { traceClaim } from './fsync.ts'
import type { Outcome, Stage, StoreKind } from './harness.ts'
import { crashAt, flood, race, randomKills, restarts, soak } from './proofs.ts'
import { concurrency } from './receiver.ts'

export interface Result {
  readonly outcome?: Outcome
  readonly note?: string
  /** Empty when the proof passed. */
  readonly faults: readonly string[]
}

export interface Proof {
  readonly target: string
  readonly what: string
  /** What it needs in addition to the store's server. */
  readonly needs?: object | Missing
  run(stage: Stage): Promise<Result>
}

export interface Sizes {
  readonly kills: number
  readonly restarts: number
  readonly ids: number
  readonly notifications: number
  readonly soakMinutes: number
  readonly floodSeconds: number
  /** R17: the time limit for the response to a genuine request in the flood, in milliseconds. */
  readonly calmMs: number
}

export const small: Sizes = {
  kills: 100,
  restarts: 3,
  ids: 2_000,
  notifications: 2_000,
  soakMinutes: 0.25,
  floodSeconds: 2,
  calmMs: 5_000,
}

/** The durable stores, with the reason if one is missing. */
export const stores: Readonly<Record<StoreKind, object | Missing>> = {
  sqlite: {},
  postgres: findPostgres(),
  redis: findRedis(),
}

const strace: object | Missing =
  findProgram('strace') === undefined ? { missing: 'no strace; apt-get install strace' } : {}

/** Debian's folder, which depends on the architecture. */
function findFaketime(): { readonly library: string } | Missing {
  for (const folder of listFolder('/usr/lib').filter((name) => name.endsWith('-linux-gnu'))) {
    const place = `/usr/lib/${folder}/faketime`
    if (listFolder(place).includes('libfaketime.so.1'))
      return { library: `${place}/libfaketime.so.1` }
  }
  return { missing: 'no libfaketime; apt-get install libfaketime' }
}

const counted = (outcome: Outcome, note?: string): Result => ({
  outcome,
  faults: faults(outcome),
  ...(note && { note }),
})

/** The proofs of a store, in the given size. */
export function planFor(kind: StoreKind, sizes: Sizes): Proof[] {
  const faketime = findFaketime()
  const library = 'library' in faketime ? faketime.library : ''
  const plan: Proof[] = [
    {
      target: 'R12',
      what: `${sizes.kills} random kill -9`,
      run: async (stage) => {
        const outcome = await randomKills(stage, sizes.kills)
        const result = counted(outcome)
        // A crash repeats at most the records that the receiver was handling.
        const tooMany =
          outcome.recalls > sizes.kills * concurrency ? [`${outcome.recalls} handler re-calls`] : []
        return { ...result, faults: [...result.faults, ...tooMany] }
      },
    },
    ...crashPoints.map((point) => ({
      target: 'R13',
      what: `dies when ${point}`,
      run: async (stage: Stage) => {
        const outcome = await crashAt(stage, point)
        const { done } = await stage.store.inbox.stats()
        return { outcome, faults: [...faults(outcome), ...(done === 1 ? [] : [`${done} records`])] }
      },
    })),
    {
      target: 'R15',
      what: 'faults and attacks',
      run: async (stage) => {
        const found = await soak(stage, {
          count: sizes.notifications,
          untilMs: sizes.soakMinutes * 60_000,
        })
        return counted(found, `${found.attacks} attacks, ${found.rssMiB} MiB`)
      },
    },
    {
      target: 'R17',
      what: `flood for ${sizes.floodSeconds} s`,
      run: async (stage) => {
        const found = await flood(stage, { seconds: sizes.floodSeconds, lanes: 64 })
        const result = counted(found, `${found.perSecond} forged/s, ${found.rssMiB} MiB`)
        const more = [
          ...(found.max > sizes.calmMs ? [`a genuine one was answered after ${found.max} ms`] : []),
          ...(found.rssMiB > 256 ? [`${found.rssMiB} MiB resident`] : []),
        ]
        return { ...result, faults: [...result.faults, ...more] }
      },
    },
    {
      target: 'R18',
      what: `${sizes.ids} ids × 4 processes`,
      run: async (stage) => {
        const { newOnce, newTwice, duplicates, conflicts, won } = await race(stage, sizes.ids, 4)
        const holds =
          newOnce === sizes.ids && newTwice === 0 && duplicates === 3 * sizes.ids && conflicts === 0
        return {
          note: `won ${won.join(', ')}`,
          faults: holds ? [] : [`${newOnce} once, ${newTwice} twice`],
        }
      },
    },
    {
      target: 'R19',
      what: 'fsync before the answer',
      needs: strace,
      run: async (stage) => ({
        faults: (await traceClaim(stage)) ? [] : ['answered before a sync had ended'],
      }),
    },
    {
      target: 'R20',
      what: 'clock off by 298 s and 305 s',
      needs: faketime,
      run: async (stage) => {
        const expected = [298, 204, -298, 204, 305, 401, -305, 401]
        const found: (number | undefined)[] = []
        for (const seconds of [298, -298, 305, -305])
          found.push(seconds, await respondWithClockOff(stage, library, seconds))
        return { faults: found.join() === expected.join() ? [] : [`answered ${found.join(' ')}`] }
      },
    },
  ]
  if (kind === 'sqlite') return plan // it has no server, and uses the machine's clock
  return [
    ...plan,
    {
      target: 'R14',
      what: `${sizes.restarts} restarts of the server`,
      run: async (stage) => counted(await restarts(stage, sizes.restarts)),
    },
    {
      target: 'R20',
      what: 'a lease, and a clock 1 h ahead',
      needs: faketime,
      run: async (stage) => ({
        faults: (await leaseOutlivesClockAhead(stage, library)) ? [] : ['the lease was taken'],
      }),
    },
  ]
}
