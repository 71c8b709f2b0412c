import type { Receiver } from './model.ts'

/**
 * A line of `tests/bench/results/inbox.json`: one rate. Milliseconds, processor times for each
 * notification.
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
  /** 0, 1 … 100 %. */
  readonly commits: readonly number[]
  readonly claims: readonly number[]
  /** How late the sender's timer was. */
  readonly late: readonly number[]
}

/**
 * What was measured at this rate gives the parameters; the other rates are what the model is held
 * against.
 */
export const calibrationRate = 500
/** A timer of one millisecond is late by up to one by itself. */
const timerMs = 1

/**
 * How PostgreSQL runs: on the core that it shares with the sender, as it was measured, or on so
 * many of its own.
 */
export type Server =
  | 'shared with the sender'
  | { readonly cores: number; readonly connections: number }

/** A machine that does nothing else. */
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
      // What a claim takes when nothing is in its way.
      waitMs: Math.max(0, (plain.claims[5] ?? 0) - claimMs),
      ...(isShared ? { cores: 1, connections: 10 } : server),
    },
  }
}

/**
 * How late the machine let a process run again: each percentile the mean over all runs at this
 * rate.
 */
function lateness(measured: readonly Measured[]): number[] {
  const runs = measured.filter(({ perSecond }) => perSecond === calibrationRate)
  const mean = (at: number) =>
    runs.reduce((sum, { late }) => sum + (late[at] ?? 0), 0) / runs.length
  return Array.from({ length: 101 }, (_, at) => Math.max(0, mean(at) - timerMs))
}
