import type { Contract, PreSignRequest, SessionState } from '../contracts/contracts.ts'
import type { Mock } from '../mock.ts'
import type { Delivered } from '../notifications/notifications.ts'

/** What a matcher answers; vitest and jest read the same. */
export interface MatcherResult {
  readonly pass: boolean
  message(): string
}

/** A part of a pre-sign request, and the state of the session it opened. */
export type ExpectedSession = Partial<Record<KeyOfAny<PreSignRequest>, unknown>> & {
  readonly state?: SessionState
}
/** Any field of a contract as the query answers it. */
export type ExpectedContract = Partial<Contract>
/** Any field of a delivery. */
export type ExpectedDelivery = Partial<Omit<Delivered, 'resource'>> & { readonly resource?: object }

/** The fields that any of the union has; `keyof` alone gives those that all have. */
type KeyOfAny<Union> = Union extends unknown ? keyof Union : never

/** The matchers by their signatures; how `expect` gets them is in {@link mockMatchers}. */
export interface MockMatchers<Returned = void> {
  /** A session was opened with these parameters, e.g. `{ out_contract_code: 'A1' }`. */
  toHavePreSigned(expected?: ExpectedSession): Returned
  /** There is a contract with these fields, signed and not terminated unless they say otherwise. */
  toHaveContract(expected?: ExpectedContract): Returned
  /**
   * A notification was sent with these fields, e.g. `{ status: 204, resource: { out_contract_code:
   * 'A1' } }`.
   */
  toHaveNotified(expected?: ExpectedDelivery): Returned
}

/** What vitest and jest give a matcher as `this`, as far as it is used here. */
interface MatcherContext {
  equals(one: unknown, other: unknown, testers?: unknown[]): boolean
  readonly utils: { printExpected(value: unknown): string; printReceived(value: unknown): string }
}

/**
 * Matchers for `expect.extend` of vitest and jest. `@wechatpay-entrust/mock/vitest` has done so
 * already.
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
    return judge(this, 'a session', sessions, expected)
  },
  toHaveContract(this: MatcherContext, mock: Mock, expected: ExpectedContract = {}): MatcherResult {
    return judge(this, 'a contract', mock.contracts(), { contract_state: 'SIGNED', ...expected })
  },
  toHaveNotified(this: MatcherContext, mock: Mock, expected: ExpectedDelivery = {}): MatcherResult {
    const told = new Map(mock.notifications.list().map((one) => [one.notification_id, one]))
    const deliveries = mock
      .deliveries()
      .map((delivery) => ({ ...told.get(delivery.notification_id), ...delivery }))
    return judge(this, 'a delivery', deliveries, expected)
  },
}

function judge(
  { equals, utils }: MatcherContext,
  what: string,
  found: readonly object[],
  expected: object,
): MatcherResult {
  const pass = found.some((one) => holds(equals, one, expected))
  // Only the fields that were asked for: the rest would bury them.
  const asked = (one: object) =>
    Object.fromEntries(
      Object.keys(expected).map((name) => [name, (one as Record<string, unknown>)[name]]),
    )
  return {
    pass,
    message: () =>
      `expected the mock ${pass ? 'not ' : ''}to have ${what} with ${utils.printExpected(expected)}\n` +
      `it has ${found.length}: ${utils.printReceived(found.map(asked))}`,
  }
}

/**
 * Whether all that is expected is there; objects may hold more, asymmetric matchers judge for
 * themselves.
 */
function holds(equals: MatcherContext['equals'], found: unknown, expected: unknown): boolean {
  if (
    typeof expected !== 'object' ||
    expected === null ||
    Array.isArray(expected) ||
    'asymmetricMatch' in expected
  )
    return equals(found, expected)
  if (typeof found !== 'object' || found === null) return false
  return Object.entries(expected).every(([name, value]) =>
    holds(equals, (found as Record<string, unknown>)[name], value),
  )
}
