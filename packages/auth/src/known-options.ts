import { describeType, findUnknownName, isRecord } from '@wechatpay-entrust/base'
import { ConfigurationError } from './errors.ts'

/**
 * Rejects options that are no object, and options of an unknown name. Without this check a mistyped
 * option would be dropped silently.
 *
 * `known` is a record, so that with the type `{ readonly [Name in keyof Required<Options>]: … }` the
 * compiler reports a missing name. `slot` is the name of the object, if it is no list of options.
 *
 * @throws ConfigurationError `malformed-option`, `unknown-option`
 */
export function requireKnownOptions(
  options: unknown,
  known: Readonly<Record<string, unknown>>,
  slot = 'options',
): void {
  const names = Object.keys(known)
  if (!isRecord(options)) {
    throw new ConfigurationError('malformed-option', {
      slot,
      found: describeType(options),
      expected: `an object with ${names.join(', ')}`,
      remedy: { en: 'Pass one object with the options.', zh: '请传入一个包含各配置项的对象。' },
    })
  }
  const unknown = findUnknownName(options, names)
  if (unknown === undefined) return
  const { name, nearest } = unknown
  throw new ConfigurationError('unknown-option', {
    slot: slot === 'options' ? name : `${slot}.${name}`,
    found: 'a name that does not exist',
    expected: nearest ?? (names.length === 0 ? 'no members' : `one of ${names.join(', ')}`),
    remedy:
      nearest === undefined
        ? { en: 'Leave it out.', zh: '请删除该项。' }
        : { en: `Write ${nearest}, if you meant that.`, zh: `如果是指 ${nearest}，请改用该名称。` },
  })
}

/** @throws ConfigurationError `malformed-option` */
export function requireFunction(slot: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return
  throw new ConfigurationError('malformed-option', {
    slot,
    found: describeType(value),
    expected: 'a function',
    remedy: { en: 'Leave it out for the default.', zh: '使用默认值时请省略此项。' },
  })
}
