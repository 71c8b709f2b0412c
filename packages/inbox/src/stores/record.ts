import { ConfigurationError } from '@wechatpay-entrust/auth'
import { describeType } from '@wechatpay-entrust/base'
import type { InboxRecord } from '../inbox.ts'

/** What every store can hold in a key or an index. WeChat Pay's own ids have 36 characters. */
const longestText = 256

/** NUL, which PostgreSQL cannot store, and half of a surrogate pair, which is no character. */
const unstorable = /[\0\p{Cs}]/u

/** About 100 years: every store can add it to its clock. */
const longestMs = 100 * 365 * 86_400_000

/**
 * For stores: every store accepts and rejects the same records.
 *
 * @throws {ConfigurationError} `malformed-record`
 */
export function requireRecord(record: InboxRecord): void {
  for (const name of ['scope', 'id', 'digest', 'eventType'] as const) {
    const value: unknown = record[name]
    if (isKey(value)) continue
    throw malformed(
      `record.${name}`,
      describe(value),
      `a text of at most ${longestText} characters`,
    )
  }
  if (!(record.sealed instanceof Uint8Array))
    throw malformed('record.sealed', describeType(record.sealed), 'a Uint8Array')
}

/** Whether a store can hold this scope or id. If it cannot, it has no such record. */
export function isKey(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText && !unstorable.test(value)
}

/** A text that every store returns as it was: characters that some cannot store are replaced. */
export function storableText(text: string): string {
  return text.replace(/[\0\p{Cs}]/gu, '\ufffd')
}

/** A time span that every store can add to its clock: whole milliseconds, at least 0. */
export function toMilliseconds(slot: string, value: number): number {
  if (typeof value !== 'number' || Number.isNaN(value))
    throw new TypeError(`${slot}: found ${String(value)}; expected a number of milliseconds.`)
  return Math.min(longestMs, Math.max(0, Math.ceil(value)))
}

function describe(value: unknown): string {
  if (typeof value !== 'string') return describeType(value)
  return value.length > longestText
    ? `${value.length} characters`
    : 'a NUL character, or half of a surrogate pair'
}

const malformed = (slot: string, found: string, expected: string) =>
  new ConfigurationError('malformed-record', {
    ...{ slot, found, expected },
    remedy: {
      en: 'No store accepts it: look at what calls claim().',
      zh: '任何收件箱存储都不接受该值：请检查调用 claim() 的代码。',
    },
  })
