/**
 * Models a receiver and its store as queues: the event loop of one process, and the cores of the
 * database. Times are drawn from the measured ones with a seeded generator, so the same input gives
 * the same figures.
 *
 * Each turn of the loop, as in Node, handles all requests that have arrived, then what the store
 * has finished, then one SQLite transaction, which blocks the loop.
 */

import { createDice } from '../../../mocks/src/platform/random.ts'
import { quantile } from '../../bench/support/quantile.ts'

/** Times in milliseconds. Lists are the measured percentiles 0, 1 … 100. */
export interface Receiver {
  /** Loop time for one notification: reading, checking, decrypting, responding. */
  readonly loopMs: number
  /** Loop time later, when the worker delivers it. */
  readonly workMs: number
  /** Completions at the same time. */
  readonly concurrency: number
  readonly store: SqliteStore | ServerStore
  /** How long a sleeping process takes to run again on a busy machine. */
  readonly wakes: readonly number[]
}

export interface SqliteStore {
  readonly kind: 'sqlite'
  /** Blocks the loop. All waiting claims share one commit; each completion has its own. */
  readonly commits: readonly number[]
}

export interface ServerStore {
  readonly kind: 'postgres'
  /** Processor time of the server for a claim, and for a completion. */
  readonly claimMs: number
  readonly completeMs: number
  /** Other waiting of a claim: disk and network. Any number may wait at once. */
  readonly waitMs: number
  readonly cores: number
  /** The process runs at most so many statements at the same time. */
  readonly connections: number
}

export interface Load {
  readonly perSecond: number
  readonly seconds: number
  readonly seed: number
}

export interface Prediction {
  readonly mean: number
  readonly p50: number
  readonly p99: number
  /** The share of time that the loop and the database's cores are busy. */
  readonly loopBusy: number
  readonly serverBusy: number
  /** Records that wait for the worker after the last response. */
  readonly backlog: number
}

/** The share of the loop time before the claim; the rest is for the response. */
const beforeClaim = 0.75

export function simulate(receiver: Receiver, { perSecond, seconds, seed }: Load): Prediction {
  const random = createDice(seed)
  const draw = (percentiles: readonly number[]) =>
    percentiles[Math.floor(random() * percentiles.length)] ?? 0
  const end = seconds * 1000
  const arrivals: number[] = []
  for (let time = 0; ; ) {
    time += (-Math.log(1 - random()) * 1000) / perSecond
    if (time > end) break
    arrivals.push(time)
  }

  const { loopMs, workMs, store, wakes, concurrency } = receiver
  const server = store.kind === 'postgres' ? createServer(store, () => draw(wakes)) : undefined
  const answered: number[] = []
  /**
   * Arrival times: of claims that wait for the commit, and of statements on the server, sorted by
   * their end.
   */
  let claimed: number[] = []
  const underWay: { readonly end: number; readonly arrived: number | undefined }[] = []
  let [now, busy, next, backlog, working, lastWasClaim] = [0, 0, 0, 0, 0, false]
  const spend = (ms: number) => {
    now += ms
    busy += ms
  }
  const answer = (arrived: number) => {
    spend(loopMs * (1 - beforeClaim))
    answered.push(now - arrived + draw(wakes)) // the sender must wake up too
    if (workMs > 0) backlog++
  }
  const begin = (arrived: number | undefined) => {
    const ended = server?.run(now, arrived === undefined) ?? now
    underWay.splice(positionOf(underWay, ended), 0, { end: ended, arrived })
  }

  while (answered.length < arrivals.length) {
    const turn = now
    for (; next < arrivals.length && (arrivals[next] as number) <= turn; next++) {
      spend(loopMs * beforeClaim)
      if (server === undefined) claimed.push(arrivals[next] as number)
      else begin(arrivals[next])
    }
    while (underWay.length > 0 && (underWay[0]?.end ?? 0) <= turn) {
      const { arrived } = underWay.shift() ?? {}
      if (arrived === undefined) working--
      else answer(arrived)
    }
    if (store.kind === 'sqlite') {
      if (claimed.length > 0 && !(lastWasClaim && backlog > 0)) {
        spend(draw(store.commits))
        for (const arrived of claimed) answer(arrived)
        claimed = []
        lastWasClaim = true
      } else if (backlog > 0) {
        spend(workMs + draw(store.commits))
        backlog--
        lastWasClaim = false
      }
    } else {
      for (; backlog > 0 && working < concurrency; backlog--, working++) {
        spend(workMs)
        begin(undefined)
      }
    }
    if (now === turn) {
      // Idle: skip to the next event.
      now =
        Math.min(
          arrivals[next] ?? Number.POSITIVE_INFINITY,
          underWay[0]?.end ?? Number.POSITIVE_INFINITY,
        ) + draw(wakes)
    }
  }
  return {
    mean: answered.reduce((sum, ms) => sum + ms, 0) / answered.length,
    p50: quantile(answered, 0.5),
    p99: quantile(answered, 0.99),
    backlog,
    loopBusy: busy / now,
    serverBusy: server === undefined ? 0 : server.busy() / (now * (store as ServerStore).cores),
  }
}

/** The database: its cores, first come first served, behind a number of connections. */
function createServer(
  { claimMs, completeMs, waitMs, cores, connections }: ServerStore,
  wake: () => number,
) {
  const coreFree = new Array<number>(cores).fill(0)
  const connectionFree = new Array<number>(connections).fill(0)
  let busy = 0
  return {
    busy: () => busy,
    run(now: number, isCompletion: boolean): number {
      const connection = earliest(connectionFree)
      const core = earliest(coreFree)
      const cost = isCompletion ? completeMs : claimMs
      const ready = Math.max(now, connectionFree[connection] ?? 0)
      const free = coreFree[core] ?? 0
      const start = free > ready ? free : ready + wake()
      coreFree[core] = start + cost
      busy += cost
      const ended = start + cost + waitMs + wake() // the process sleeps while the disk works
      connectionFree[connection] = ended
      return ended
    },
  }
}

const earliest = (times: readonly number[]) => times.indexOf(Math.min(...times))

function positionOf(sorted: readonly { readonly end: number }[], end: number): number {
  let at = sorted.length
  while (at > 0 && (sorted[at - 1]?.end ?? 0) > end) at--
  return at
}
