import type { Contract, PreSignRequest } from '../contracts/contract.ts'
import type { SessionState } from '../contracts/contracts.ts'
import type { Mock } from '../mock.ts'
import type { Delivered } from '../notifications/notifications.ts'

/** The result of a matcher, for vitest and jest. */
export interface MatcherResult {
  readonly pass: boolean
  message(): string
}

/** Some fields of a pre-sign request, and the state of its session. */
export type ExpectedSession = Partial<Record<KeyOfAny<PreSignRequest>, unknown>> & {
  readonly state?: SessionState
}
/** Some fields of a contract, as in the query's response. */
export type ExpectedContract = Partial<Contract>
/** Some fields of a delivery. */
export type ExpectedDelivery = Partial<Omit<Delivered, 'resource'>> & { readonly resource?: object }

/** The keys of any member of the union; `keyof` alone returns the keys of all members. */
type KeyOfAny<Union> = Union extends unknown ? keyof Union : never

/** The signatures of the matchers. {@link mockMatchers} shows how to add them to `expect`. */
export interface MockMatchers<Returned = void> {
  /** A session was opened with these parameters, e.g. `{ out_contract_code: 'A1' }`. */
  toHavePreSigned(expected?: ExpectedSession): Returned
  /** There is a contract with these fields. Default state: signed and not terminated. */
  toHaveContract(expected?: ExpectedContract): Returned
  /**
   * A notification was sent with these fields, e.g. `{ status: 204, resource: { out_contract_code:
   * 'A1' } }`.
   */
  toHaveNotified(expected?: ExpectedDelivery): Returned
}

/** The members of a matcher's `this` in vitest and jest that are used here. */
interface MatcherContext {
  equals(one: unknown, other: unknown, testers?: unknown[]): boolean
  readonly utils: { printExpected(value: unknown): string; printReceived(value: unknown): string }
}

/**
 * Matchers for `expect.extend` of vitest and jest. `@wechatpay-entrust/mock/vitest` already adds
 * them.
 *
 * @example
 * ```ts
 * import { mockMatchers } from '@wechatpay-entrust/mock/matchers'
 * import { expect } from 'vitest'
 *
 * expect.extend(mockMatchers)
 * ```
 */
export const mockMatchers = {
  toHavePreSigned(this: MatcherContext, mock: Mock, expected: ExpectedSession = {}): MatcherResult {
    const sessions = mock.sessions().map(({ request, state }) => ({ ...request, state }))
    return match(this, 'a session', sessions, expected)
  },
  toHaveContract(this: MatcherContext, mock: Mock, expected: ExpectedContract = {}): MatcherResult {
    return match(this, 'a contract', mock.contracts(), { contract_state: 'SIGNED', ...expected })
  },
  toHaveNotified(this: MatcherContext, mock: Mock, expected: ExpectedDelivery = {}): MatcherResult {
    const notifications = new Map(
      mock.notifications.list().map((one) => [one.notification_id, one]),
    )
    const deliveries = mock
      .deliveries()
      .map((delivery) => ({ ...notifications.get(delivery.notification_id), ...delivery }))
    return match(this, 'a delivery', deliveries, expected)
  },
}

function match(
  { equals, utils }: MatcherContext,
  what: string,
  found: readonly object[],
  expected: object,
): MatcherResult {
  const pass = found.some((one) => isMatch(equals, one, expected))
  // Only the expected fields: all fields would be too much to read.
  const expectedFields = (one: object) =>
    Object.fromEntries(
      Object.keys(expected).map((name) => [name, (one as Record<string, unknown>)[name]]),
    )
  return {
    pass,
    message: () =>
      `expected the mock ${pass ? 'not ' : ''}to have ${what} with ${utils.printExpected(expected)}\n` +
      `it has ${found.length}: ${utils.printReceived(found.map(expectedFields))}`,
  }
}

/**
 * Whether all expected fields match. Objects may have more fields; asymmetric matchers use their own
 * comparison.
 */
function isMatch(equals: MatcherContext['equals'], found: unknown, expected: unknown): boolean {
  if (
    typeof expected !== 'object' ||
    expected === null ||
    Array.isArray(expected) ||
    'asymmetricMatch' in expected
  )
    return equals(found, expected)
  if (typeof found !== 'object' || found === null) return false
  return Object.entries(expected).every(([name, value]) =>
    isMatch(equals, (found as Record<string, unknown>)[name], value),
  )
}
