import type { Receiver } from './model.ts'

/**
 * One rate in `tests/bench/results/inbox.json`. Times are in milliseconds; processor times are for
 * each notification.
 */
export interface Measured {
  readonly store: 'sqlite' | 'postgres'
  readonly variant: 'ours' | 'ours, with worker'
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly cpuMs: number
  readonly serverCpuMs: number
  readonly senderCpuMs: number
  readonly commitCpuMs: number
  /** The percentiles 0, 1 … 100. */
  readonly commits: readonly number[]
  readonly claims: readonly number[]
  /** How late the sender's timer was. */
  readonly late: readonly number[]
}

/**
 * The measurement at this rate gives the parameters; the other rates test the model.
 */
export const calibrationRate = 500
/** A timer of one millisecond is up to one millisecond late, even on an idle machine. */
const timerMs = 1

/**
 * Where PostgreSQL runs: on the core that it shared with the sender in the measurement, or on so
 * many cores of its own.
 */
export type Server =
  | 'shared with the sender'
  | { readonly cores: number; readonly connections: number }

/** An otherwise idle machine. */
export const undisturbed = [0]

export function calibrate(
  measured: readonly Measured[],
  store: Measured['store'],
  variant: Measured['variant'],
  server: Server = 'shared with the sender',
  concurrency = 4,
): Receiver {
  const at = (which: Measured['variant']) => {
    const found = measured.find(
      (one) => one.store === store && one.variant === which && one.perSecond === calibrationRate,
    )
    if (found === undefined)
      throw new Error(`${store}, ${which} was not measured at ${calibrationRate} a second`)
    return found
  }
  const [plain, worked] = [at('ours'), at(variant)]
  const loopOf = ({ cpuMs, commitCpuMs }: Measured) => cpuMs - commitCpuMs
  const wakes = server === 'shared with the sender' ? lateness(measured) : undisturbed
  const shared = {
    wakes,
    concurrency,
    loopMs: loopOf(plain),
    workMs: Math.max(0, loopOf(worked) - loopOf(plain)),
  }
  if (store === 'sqlite') return { ...shared, store: { kind: 'sqlite', commits: worked.commits } }
  const isShared = server === 'shared with the sender'
  const claimMs = plain.serverCpuMs + (isShared ? plain.senderCpuMs : 0)
  return {
    ...shared,
    store: {
      kind: 'postgres',
      claimMs,
      completeMs: Math.max(0, worked.serverCpuMs - plain.serverCpuMs),
      // The time of a claim that waits for nothing else.
      waitMs: Math.max(0, (plain.claims[5] ?? 0) - claimMs),
      ...(isShared ? { cores: 1, connections: 10 } : server),
    },
  }
}

/**
 * How late the machine woke a process up: each percentile is the mean of all runs at this rate.
 */
function lateness(measured: readonly Measured[]): number[] {
  const runs = measured.filter(({ perSecond }) => perSecond === calibrationRate)
  const mean = (at: number) =>
    runs.reduce((sum, { late }) => sum + (late[at] ?? 0), 0) / runs.length
  return Array.from({ length: 101 }, (_, at) => Math.max(0, mean(at) - timerMs))
}
