import { ConfigurationError, requireKnownOptions } from '@wechatpay-entrust/auth'
import { describeType, quote } from '@wechatpay-entrust/base'
import type { ValueType, ValueTypes } from './value-types.ts'

/**
 * Rejects options of an unknown name, and invalid values. A value of `undefined` counts as absent.
 *
 * @throws ConfigurationError `unknown-option`, `malformed-option`
 */
export function requireOptions<Options extends object>(
  options: Options,
  types: ValueTypes<Options>,
): void {
  requireKnownOptions(options, types)
  for (const [name, type] of Object.entries<ValueType>(types)) {
    const value: unknown = options[name as keyof Options]
    if (value !== undefined) requireValue(name, value, type)
  }
}

/**
 * Rejects an invalid value. The slot is its name in the caller's code.
 *
 * @throws ConfigurationError `malformed-option`
 */
export function requireValue(slot: string, value: unknown, { expected, test }: ValueType): void {
  if (!test(value)) throw invalidValue(slot, describeValue(value), expected)
}

export function invalidValue(slot: string, found: string, expected: string): ConfigurationError {
  return new ConfigurationError('malformed-option', {
    slot,
    found,
    expected,
    remedy: {
      en: 'Correct the value, or leave it out if it is optional.',
      zh: '请改正该值；若为可选项，也可以省略。',
    },
  })
}

/** A value in words; no member of an object is shown. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'an empty text' : quote(value)
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${value}`
  return describeType(value)
}
