import type { FaultName } from './faults.ts'

/** One request that reached the mock. */
export interface RequestEntry {
  readonly method: string
  /** Path and query as sent. */
  readonly path: string
  /** The answer's HTTP status; null while it is worked on. */
  status: number | null
  /** Whether `Authorization` held. */
  verified: boolean
  /** Why it was refused; null when it was not. */
  reason: string | null
  /** The fault that it met. */
  fault?: FaultName
}

export interface RequestLog {
  begin(method: string, path: string): RequestEntry
  list(): RequestEntry[]
  reset(): void
}

/** A server that runs for days must not grow for days. */
const kept = 10_000

export function createRequestLog(): RequestLog {
  let entries: RequestEntry[] = []
  return {
    begin(method, path) {
      const entry: RequestEntry = { method, path, status: null, verified: false, reason: null }
      if (entries.length >= kept) entries.shift()
      entries.push(entry)
      return entry
    },
    list: () => entries.map((entry) => ({ ...entry })),
    reset() {
      entries = []
    },
  }
}
