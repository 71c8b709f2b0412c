import type { InboxState, InboxStats } from '../inbox.ts'

/** The statistics of a store. `count` returns how many records are in a state. */
export function toStats(count: (state: InboxState) => number, oldestReadyMs: number): InboxStats {
  return {
    ready: count('ready'),
    leased: count('leased'),
    parked: count('parked'),
    done: count('done'),
    oldestReadyMs: Math.max(0, Math.round(oldestReadyMs)),
  }
}
