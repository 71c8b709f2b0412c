import type { FaultName } from '../faults/fault.ts'
import type { Identity } from '../platform/identity.ts'
import type { Draft } from './signed-response.ts'
import { describeVerification, type StepName, type Verification } from './verification.ts'
import type { Exchange } from './wire.ts'

/** One request that reached the mock. */
export interface RequestEntry {
  /** Counts from 1. */
  readonly id: number
  /** Milliseconds, by the clock of the signatures. */
  at: number
  readonly method: string
  /** Path and query as sent. */
  readonly path: string
  /** The operation's id in the spec; null if no operation has this method and path. */
  operation: string | null
  /** HTTP status of the response; null before the response and if the connection was reset. */
  status: number | null
  /** Whether `Authorization` was valid. */
  verified: boolean
  /** Why it was rejected; null if it was not. */
  reason: string | null
  /** The fault that was applied to it. */
  fault: FaultName | null
}

/** Everything that is known about a request. */
export interface RequestDetail extends RequestEntry {
  /** Names in lower case, as `fetch` has them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly verification: Verification
  /** The response before a fault spoilt it; null if a fault replaced it. */
  readonly answer: {
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  } | null
}

/** An entry that is filled while the mock handles the request. */
export interface OpenEntry {
  readonly entry: RequestEntry
  failed: StepName | undefined
  draft: Draft | undefined
}

export interface RequestLog {
  begin(exchange: Exchange): OpenEntry
  list(): RequestEntry[]
  /** Undefined where there is none with this id, or it is long ago. */
  find(id: number): RequestDetail | undefined
  reset(): void
}

/** The log has a limit, so that a server that runs for days does not grow for days. */
const kept = 10_000
/** Only the latest entries have headers and body, and no large bodies. */
const keptWhole = 1000
const largestBody = 64 * 1024

interface Kept extends OpenEntry {
  exchange: Exchange | undefined
}

export function createRequestLog(identity: Identity): RequestLog {
  let all: Kept[] = []
  let count = 0
  return {
    begin(exchange) {
      count += 1
      const { method, target: path } = exchange
      const entry: RequestEntry = {
        ...{
          id: count,
          at: 0,
          method,
          path,
          operation: null,
          status: null,
          verified: false,
          reason: null,
          fault: null,
        },
      }
      const open: Kept = {
        entry,
        exchange: exchange.body.length > largestBody ? undefined : exchange,
        failed: undefined,
        draft: undefined,
      }
      if (all.length >= kept) all.shift()
      all.push(open)
      const old = all[all.length - 1 - keptWhole]
      if (old !== undefined) Object.assign(old, { exchange: undefined, draft: undefined })
      return open
    },
    list: () => all.map(({ entry }) => ({ ...entry })),
    find(id) {
      const found = all.find(({ entry }) => entry.id === id)
      if (found?.exchange === undefined) return undefined
      const { entry, exchange, failed, draft } = found
      const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
      return {
        ...entry,
        headers: Object.fromEntries(exchange.headers),
        body: decode(exchange.body),
        verification: describeVerification(
          { exchange, at: entry.at, failed, reason: entry.reason },
          identity,
        ),
        answer: draft === undefined ? null : { headers: draft.headers, body: decode(draft.body) },
      }
    },
    reset() {
      all = []
      count = 0
    },
  }
}
