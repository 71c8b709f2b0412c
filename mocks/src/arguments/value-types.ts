import { isRecord } from '@wechatpay-entrust/base'

/** What a value given by a test author must be. */
export interface ValueType {
  /** In words, for the error. */
  readonly expected: string
  test(value: unknown): boolean
}

/** The types of named values. A record, so that the compiler reports a missing name. */
export type ValueTypes<Values> = { readonly [Name in keyof Required<Values>]: ValueType }

const isIn = (low: number, high: number) => (value: unknown) =>
  typeof value === 'number' && value >= low && value <= high

export const oneOf = (...values: readonly (string | number | null)[]): ValueType => ({
  expected: `one of ${values.join(', ')}`,
  test: (value) => values.some((one) => one === value),
})

export const number = (low: number, high: number, unit = 'a number'): ValueType => ({
  expected: `${unit} from ${low} to ${high}`,
  test: isIn(low, high),
})

export const whole = (low: number, high: number, unit = 'a whole number'): ValueType => ({
  expected: `${unit} from ${low} to ${high}`,
  test: (value) => Number.isSafeInteger(value) && isIn(low, high)(value),
})

const ofType = (type: string, expected: string): ValueType => ({
  expected,
  test: (value) => typeof value === type,
})

export const aFunction = ofType('function', 'a function')
export const aBoolean = ofType('boolean', 'true or false')

export const text: ValueType = {
  expected: 'a text that is not empty',
  test: (value) => typeof value === 'string' && value !== '',
}

/** A seed of random numbers. */
export const seed: ValueType = { expected: 'a whole number', test: Number.isSafeInteger }

export const notificationKey: ValueType = {
  expected: 'certificate, publicKey or a share from 0 to 1',
  test: (value) => value === 'certificate' || value === 'publicKey' || isIn(0, 1)(value),
}

export const deliveryOrder = oneOf('in-order', 'reversed')

/** How far the mock's time may move. */
export const advanceSeconds = number(0, 10 * 366 * 86_400, 'a number of seconds')

/** The age of a timestamp; a negative age is in the future. About thirty years. */
export const ageSeconds = whole(-1e9, 1e9, 'whole seconds')

/** A rate limit's number of requests, and its seconds. */
export const rateRequests = whole(0, 1e9)
export const rateSeconds: ValueType = {
  expected: 'a number of seconds above 0, at most 86400',
  test: (value) => isIn(0, 86_400)(value) && value !== 0,
}

export const rateLimit: ValueType = {
  expected: `{ requests, seconds }: ${rateRequests.expected}, and ${rateSeconds.expected}`,
  test: (value) =>
    isRecord(value) && rateRequests.test(value.requests) && rateSeconds.test(value.seconds),
}

/** A merchant id (商户号). */
export const mchid: ValueType = {
  expected: 'the merchant id as text, 1 to 32 digits',
  test: (value) => typeof value === 'string' && /^\d{1,32}$/.test(value),
}

export const listOf = ({ expected, test }: ValueType): ValueType => ({
  expected: `a list, each item ${expected}`,
  test: (value) => Array.isArray(value) && value.every(test),
})
