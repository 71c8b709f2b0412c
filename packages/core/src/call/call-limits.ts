import { longestTimeout } from '@wechatpay-entrust/base'
import { RequestError } from '../request/request-error.ts'
import { largestMaxAttempts } from './retry.ts'

interface Limits {
  readonly timeout: number
  readonly maxAttempts: number
}

/** The limits of a call, as the client or the caller may set them. */
export type CallLimits = { readonly [Name in keyof Limits]?: Limits[Name] | undefined }

/** An invalid limit, and what it must be. */
export interface LimitFault {
  readonly code: 'invalid-timeout' | 'invalid-max-attempts'
  readonly field: 'timeout' | 'maxAttempts'
  readonly expected: string
}

/** Finds the first invalid limit; undefined when both are valid. */
export function findLimitFault({ timeout, maxAttempts }: Limits): LimitFault | undefined {
  if (typeof timeout !== 'number' || !(timeout > 0 && timeout <= longestTimeout)) {
    const expected = `a number of milliseconds above 0, at most ${longestTimeout}`
    return { code: 'invalid-timeout', field: 'timeout', expected }
  }
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1 || maxAttempts > largestMaxAttempts) {
    const expected = `a whole number, 1 to ${largestMaxAttempts}`
    return { code: 'invalid-max-attempts', field: 'maxAttempts', expected }
  }
  return undefined
}

/**
 * The limits of one call.
 *
 * @throws {RequestError} `invalid-timeout`, `invalid-max-attempts`
 */
export function requireLimits(operation: string, given: CallLimits, defaults: Limits): Limits {
  const { timeout = defaults.timeout, maxAttempts = defaults.maxAttempts } = given
  const limits = { timeout, maxAttempts }
  const fault = findLimitFault(limits)
  if (fault === undefined) return limits
  throw new RequestError(operation, [
    { ...fault, location: 'options', found: String(limits[fault.field]) },
  ])
}
