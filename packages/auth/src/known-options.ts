import { findUnknownName, isRecord } from '@wechatpay-entrust/base'
import { ConfigurationError } from './errors.ts'

/**
 * Rejects options that are no object, and options of an unknown name. Without this check a mistyped
 * option would be dropped silently.
 *
 * `known` is a record, so that with the type `{ readonly [Name in keyof Required<Options>]: … }` the
 * compiler reports a missing name.
 *
 * @throws ConfigurationError `malformed-option`, `unknown-option`
 */
export function requireKnownOptions(options: unknown, known: Readonly<Record<string, unknown>>) {
  const names = Object.keys(known)
  if (!isRecord(options)) {
    throw new ConfigurationError('malformed-option', {
      slot: 'options',
      found:
        options === undefined || options === null
          ? `${options}`
          : `a value of type ${typeof options}`,
      expected: `an object with ${names.join(', ')}`,
      remedy: { en: 'Pass one object with the options.', zh: '请传入一个包含各配置项的对象。' },
    })
  }
  const unknown = findUnknownName(options, names)
  if (unknown === undefined) return
  const { name, nearest } = unknown
  throw new ConfigurationError('unknown-option', {
    slot: name,
    found: 'an option of a name that does not exist',
    expected: nearest ?? `one of ${names.join(', ')}`,
    remedy:
      nearest === undefined
        ? { en: 'Leave it out.', zh: '请删除该配置项。' }
        : { en: `Write ${nearest}, if you meant that.`, zh: `如果是指 ${nearest}，请改用该名称。` },
  })
}
