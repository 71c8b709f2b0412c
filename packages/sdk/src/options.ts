import { ConfigurationError } from '@wechatpay-entrust/auth'
import { findLimitFault } from '@wechatpay-entrust/core'
import type { WeChatPayOptions } from './create-wechatpay.ts'

/** A record, so that the compiler sees to it that none is missing. */
const known: { readonly [Name in keyof Required<WeChatPayOptions>]: 'function' | undefined } = {
  mchid: undefined,
  serialNumber: undefined,
  certificate: undefined,
  privateKey: undefined,
  credentials: undefined,
  apiV3Key: undefined,
  publicKey: undefined,
  platformCertificates: undefined,
  baseUrl: undefined,
  backupBaseUrl: undefined,
  fetch: 'function',
  clock: 'function',
  timeout: undefined,
  maxAttempts: undefined,
  checkRequests: undefined,
  eventTypes: undefined,
  allowMockKeys: undefined,
  onEvent: 'function',
}

/**
 * Refuses options that nothing could be made of, before a key is read: a name that nobody knows would else be passed over,
 * and the error would be about the option that is missing.
 *
 * @throws ConfigurationError `malformed-option`, `unknown-option`
 */
export function requireOptions(options: WeChatPayOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw malformed('options', options, 'an object with mchid, privateKey, apiV3Key and the rest')
  }
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue
    if (!Object.hasOwn(known, name)) throw unknown(name)
    const type = known[name as keyof typeof known]
    if (type !== undefined && typeof value !== type) throw malformed(name, value, 'a function')
  }
  const { timeout = 1, maxAttempts = 1 } = options
  const fault = findLimitFault({ timeout, maxAttempts })
  if (fault) throw malformed(fault.field, options[fault.field], fault.expected)
}

function malformed(slot: string, value: unknown, expected: string): ConfigurationError {
  const isShown = value === undefined || value === null || typeof value === 'number'
  return new ConfigurationError('malformed-option', {
    slot,
    found: isShown ? String(value) : `a value of type ${typeof value}`,
    expected,
    fix: slot === 'options' ? 'See the example of createWeChatPay.' : 'Leave it out for the default.',
  })
}

function unknown(name: string): ConfigurationError {
  const names = Object.keys(known)
  const near = names
    .map((one) => ({ one, distance: distanceOf(one.toLowerCase(), name.toLowerCase().slice(0, 40)) }))
    .reduce((nearest, next) => (next.distance < nearest.distance ? next : nearest))
  return new ConfigurationError('unknown-option', {
    slot: name.slice(0, 40),
    found: 'an option of a name that does not exist',
    expected: near.distance <= 3 ? near.one : `one of ${names.join(', ')}`,
    fix: near.distance <= 3 ? `Write ${near.one}, if that is meant.` : 'Leave it out.',
  })
}

/** How many characters are put in, left out or replaced (Levenshtein). */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j += 1) {
      const replaced = Number(row[j]) + Number(letter !== b[j])
      next.push(Math.min(Number(row[j + 1]) + 1, Number(next[j]) + 1, replaced))
    }
    row = next
  }
  return Number(row[b.length])
}
