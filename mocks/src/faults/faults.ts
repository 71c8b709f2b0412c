import { isRecord } from '@wechatpay-entrust/base'
import type { OperationId } from '@wechatpay-entrust/core'
import { operationTable } from '@wechatpay-entrust/core/spec'
import type { Feed } from '../platform/feed.ts'
import { createDice } from '../platform/random.ts'

/**
 * Faults that replace or delay the response. They can happen before or after the operation takes
 * effect.
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
/** Faults that spoil the response of an operation that took effect. */
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

/** Every name that `mock.faults.add` and `POST /__mock/faults` accept. */
export const faultNames: readonly FaultName[] = [...replacing, ...spoiling]

/** A fault for the mock. The member names are those of the control API. */
export interface Fault {
  /** The operation's id in the spec, or `*` for every operation. */
  readonly operation: OperationId | '*'
  readonly name: FaultName
  /** How many requests it hits before it is removed. Default: it hits all. */
  readonly times?: number
  /** The probability that it hits a request, from 0 to 1. Default: 1. */
  readonly probability?: number
  /** The seed of `probability`: the same seed hits the same requests. Default: 1. */
  readonly seed?: number
  /**
   * Whether the operation has taken effect when the fault happens. Default: `before` for `500`,
   * `502`, `503`, `504`, `429` and `202`, `after` for all others. Faults that spoil a
   * response are always `after`.
   */
  readonly when?: 'before' | 'after'
  /**
   * `latency`: the delay of the response (default 1000). `slow-drip`: the delay of each byte
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
  /** `redirect`: the target. Default: `https://redirect.invalid/`. */
  readonly location?: string
  /**
   * `stale-timestamp`: the age of the timestamp; a negative age is in the future. Default: 301, one
   * more than a client accepts.
   */
  readonly age_seconds?: number
  /** `compressed-bomb`: the length of the decompressed body. Default: 32 MiB. */
  readonly size_bytes?: number
}

/** The faults of a mock. */
export interface Faults {
  /**
   * Adds a fault at the end of the list. The first fault that matches a request applies.
   *
   * @throws {TypeError} for an invalid fault
   */
  add(fault: Fault): void
  clear(): void
  /** The faults that can still happen, with the rest of their `times`. */
  list(): Fault[]
}

export interface FaultSource extends Faults {
  /** The fault that hits a request to the operation, if any. Counts the hit. */
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
      const hit = active.find(
        ({ fault, roll }) =>
          (fault.operation === '*' || fault.operation === operation) &&
          (fault.probability === undefined || roll() < fault.probability),
      )
      if (hit === undefined) return undefined
      hit.left -= 1
      if (hit.left <= 0) active = active.filter((one) => one !== hit)
      return hit.fault
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
  readonly [Field in keyof Required<Fault>]: { expected: string; test(value: unknown): boolean }
} = {
  operation: {
    expected: 'an operationId of the spec, or *',
    test: isOneOf(['*', ...Object.keys(operationTable)]),
  },
  name: { expected: `one of ${faultNames.join(', ')}`, test: isOneOf(faultNames) },
  times: { expected: 'a whole number from 1', test: isWhole(1, 1e9) },
  probability: { expected: 'a number from 0 to 1', test: isIn(0, 1) },
  seed: { expected: 'a whole number', test: Number.isSafeInteger },
  when: { expected: 'before or after', test: isOneOf(['before', 'after']) },
  delay_ms: { expected: 'milliseconds from 0 to 600000', test: isIn(0, 600_000) },
  retry_after_seconds: { expected: 'whole seconds from 0 to 86400', test: isWhole(0, 86_400) },
  status: { expected: 'an HTTP status from 200 to 599', test: isWhole(200, 599) },
  location: {
    expected: 'an address',
    test: (value) => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value),
  },
  age_seconds: { expected: 'whole seconds', test: Number.isSafeInteger },
  size_bytes: { expected: 'bytes from 1 to 1 GiB', test: isWhole(1, 2 ** 30) },
}

/** Why a value is not a valid fault; undefined if it is valid. */
export function findFaultProblem(fault: unknown): string | undefined {
  if (!isRecord(fault)) return 'A fault is an object'
  const unknown = Object.keys(fault).find((name) => !Object.hasOwn(fields, name))
  if (unknown !== undefined)
    return `Unknown field ${JSON.stringify(unknown)}; expected: ${Object.keys(fields).join(', ')}`
  for (const [name, { expected, test }] of Object.entries(fields)) {
    const isNeeded = name === 'operation' || name === 'name'
    if ((isNeeded || fault[name] !== undefined) && !test(fault[name]))
      return `${name}: expected ${expected}`
  }
  if (fault.when === 'before' && isOneOf(spoiling)(fault.name))
    return `when: ${fault.name} spoils the answer of an operation that took effect; it cannot be before`
  if (fault.name === 'redirect' && !isOneOf([undefined, 301, 302, 303, 307, 308])(fault.status))
    return 'status: expected 301, 302, 303, 307 or 308 for a redirect'
  return undefined
}
