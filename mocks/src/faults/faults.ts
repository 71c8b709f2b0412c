import type { OperationId } from '@wechatpay-entrust/core'
import { operationTable } from '@wechatpay-entrust/core/spec'
import type { Feed } from '../platform/feed.ts'
import { createDice } from '../platform/random.ts'

/**
 * Faults that replace the answer, or hold it back; they can happen before or after the operation
 * took effect.
 */
const replacing = [
  'latency',
  'connection-reset',
  '500',
  '502',
  '503',
  '504',
  '429',
  '202',
  'html',
  'redirect',
] as const
/** Faults that spoil the answer of an operation that took effect. */
const spoiling = [
  'truncated-body',
  'slow-drip',
  'unsigned',
  'wrong-signature',
  'wrong-serial',
  'stale-timestamp',
  'tampered-body',
  'compressed-bomb',
  'signtest',
] as const

export type FaultName = (typeof replacing)[number] | (typeof spoiling)[number]

/** Every name that `mock.faults.add` and `POST /__mock/faults` take. */
export const faultNames: readonly FaultName[] = [...replacing, ...spoiling]

/** A fault that the mock shall have. Names are those of the control API. */
export interface Fault {
  /** The operation's id in the spec, or `*` for every operation. */
  readonly operation: OperationId | '*'
  readonly name: FaultName
  /** How many requests it hits; then it is gone. Default: all of them. */
  readonly times?: number
  /** The share of the requests that it hits, from 0 to 1. Default: 1. */
  readonly probability?: number
  /** For the dice of `probability`: the same seed hits the same requests. Default: 1. */
  readonly seed?: number
  /**
   * Whether the operation has taken effect when the fault happens. Default: `before` for `500`,
   * `502`, `503`, `504`, `429` and `202`, `after` for all others. The faults that spoil an answer
   * need one, and are always `after`.
   */
  readonly when?: 'before' | 'after'
  /**
   * `latency`: how long the answer waits (default 1000). `slow-drip`: how long each byte does
   * (default 100).
   */
  readonly delay_ms?: number
  /**
   * `429` and `503`: the seconds of `Retry-After`. Default: 1 for `429`, no such header for `503`.
   */
  readonly retry_after_seconds?: number
  /**
   * `html`: the status of the page, e.g. 502. Default: 200. `redirect`: 301, 302, 303, 307 or 308.
   * Default: 307.
   */
  readonly status?: number
  /** `redirect`: where to. Default: `https://redirect.invalid/`. */
  readonly location?: string
  /**
   * `stale-timestamp`: how old the timestamp is; below 0 it lies ahead. Default: 301, one more than
   * a client takes.
   */
  readonly age_seconds?: number
  /** `compressed-bomb`: the length of the body once it is unpacked. Default: 32 MiB. */
  readonly size_bytes?: number
}

/** The faults of a mock. */
export interface Faults {
  /**
   * Adds one behind those that are there; a request meets the first that fits. @throws {TypeError}
   * for a fault that is none
   */
  add(fault: Fault): void
  clear(): void
  /** Those that can still happen, `times` counted down. */
  list(): Fault[]
}

export interface FaultSource extends Faults {
  /** The fault that a request to the operation meets, if any; counts it. */
  take(operation: OperationId): Fault | undefined
}

export function createFaults(feed: Feed): FaultSource {
  let active: { readonly fault: Fault; left: number; readonly roll: () => number }[] = []
  return {
    add(fault) {
      const problem = findFaultProblem(fault)
      if (problem !== undefined) throw new TypeError(problem)
      active.push({
        fault: { ...fault },
        left: fault.times ?? Number.POSITIVE_INFINITY,
        roll: createDice(fault.seed ?? 1),
      })
      feed.emit({ type: 'faults' })
    },
    clear() {
      active = []
      feed.emit({ type: 'faults' })
    },
    list: () =>
      active.map(({ fault, left }) =>
        fault.times === undefined ? { ...fault } : { ...fault, times: left },
      ),
    take(operation) {
      const met = active.find(
        ({ fault, roll }) =>
          (fault.operation === '*' || fault.operation === operation) &&
          (fault.probability === undefined || roll() < fault.probability),
      )
      if (met === undefined) return undefined
      met.left -= 1
      if (met.left <= 0) active = active.filter((one) => one !== met)
      return met.fault
    },
  }
}

/** Whether the operation has taken effect when the fault happens. */
export function happensBefore({ name, when }: Fault): boolean {
  return when === undefined ? /^\d/.test(name) : when === 'before'
}

const isIn = (low: number, high: number) => (value: unknown) =>
  typeof value === 'number' && value >= low && value <= high
const isWhole = (low: number, high: number) => (value: unknown) =>
  Number.isSafeInteger(value) && isIn(low, high)(value)
const isOneOf = (values: readonly unknown[]) => (value: unknown) => values.includes(value)

const fields: {
  readonly [Field in keyof Required<Fault>]: { says: string; test(value: unknown): boolean }
} = {
  operation: {
    says: 'an operationId of the spec, or *',
    test: isOneOf(['*', ...Object.keys(operationTable)]),
  },
  name: { says: `one of ${faultNames.join(', ')}`, test: isOneOf(faultNames) },
  times: { says: 'a whole number from 1', test: isWhole(1, 1e9) },
  probability: { says: 'a number from 0 to 1', test: isIn(0, 1) },
  seed: { says: 'a whole number', test: Number.isSafeInteger },
  when: { says: 'before or after', test: isOneOf(['before', 'after']) },
  delay_ms: { says: 'milliseconds from 0 to 600000', test: isIn(0, 600_000) },
  retry_after_seconds: { says: 'whole seconds from 0 to 86400', test: isWhole(0, 86_400) },
  status: { says: 'an HTTP status from 200 to 599', test: isWhole(200, 599) },
  location: {
    says: 'an address',
    test: (value) => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value),
  },
  age_seconds: { says: 'whole seconds', test: Number.isSafeInteger },
  size_bytes: { says: 'bytes from 1 to 1 GiB', test: isWhole(1, 2 ** 30) },
}

/** Why a value is no fault, or undefined when it is one. */
export function findFaultProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'A fault is an object'
  const fault = value as Readonly<Record<string, unknown>>
  const unknown = Object.keys(fault).find((name) => !Object.hasOwn(fields, name))
  if (unknown !== undefined)
    return `Unknown field ${JSON.stringify(unknown)}; expected: ${Object.keys(fields).join(', ')}`
  for (const [name, { says, test }] of Object.entries(fields)) {
    const isNeeded = name === 'operation' || name === 'name'
    if ((isNeeded || fault[name] !== undefined) && !test(fault[name]))
      return `${name}: expected ${says}`
  }
  if (fault.when === 'before' && isOneOf(spoiling)(fault.name))
    return `when: ${fault.name} spoils the answer of an operation that took effect; it cannot be before`
  if (fault.name === 'redirect' && !isOneOf([undefined, 301, 302, 303, 307, 308])(fault.status))
    return 'status: expected 301, 302, 303, 307 or 308 for a redirect'
  return undefined
}
