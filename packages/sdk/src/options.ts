import { type AuthEvent, type Clock, ConfigurationError } from '@wechatpay-entrust/auth'
import { type ClientEvent, findLimitFault } from '@wechatpay-entrust/core'
import type { EventTypes, NotificationEvent } from '@wechatpay-entrust/notification'
import type { MerchantOptions } from './merchant-options.ts'

/** Your credentials, the keys of WeChat Pay, and the hosts. */
export interface WeChatPayOptions extends MerchantOptions {
  /** APIv3 key (APIv3密钥), 32 characters. While you replace it: a list, the current key first. */
  readonly apiV3Key: string | readonly string[]
  /** WeChat Pay public key (微信支付公钥): its id `PUB_KEY_ID_…` and the text of `pub_key.pem`. */
  readonly publicKey?: { readonly id: string; readonly pem: string } | undefined
  /**
   * Platform certificates (平台证书) as PEM texts, or `'download'`: downloaded when first needed, and
   * kept up to date. Give it together with `publicKey` while you switch from one to the other.
   */
  readonly platformCertificates?: readonly string[] | 'download' | undefined
  /** Scheme and host. Default `https://api.mch.weixin.qq.com`. */
  readonly baseUrl?: string | undefined
  /**
   * The backup host (备域名): calls and certificate downloads are retried there after a failed
   * connection, a 502, 503 or 504. `false`: no backup host. Default
   * `https://api2.mch.weixin.qq.com`, and none if you set `baseUrl`.
   */
  readonly backupBaseUrl?: string | false | undefined
  /** Sends the signed requests. Default: `globalThis.fetch`, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: Clock | undefined
  /**
   * Deadline of a call in milliseconds, including all attempts, the waits between them and the
   * bodies. Default 30,000.
   */
  readonly timeout?: number | undefined
  /** Attempts of a call, 1 to 5; 1: no retry. Default 3. */
  readonly maxAttempts?: number | undefined
  /** Check arguments against the spec before sending. Default true. */
  readonly checkRequests?: boolean | undefined
  /**
   * Which `event_type` means signed and which means terminated, if your notifications do not use the
   * defaults.
   */
  readonly eventTypes?: EventTypes | undefined
  /** Accept the mock's published keys. Default: only if every host is on this machine. */
  readonly allowMockKeys?: boolean | undefined
  /**
   * Receives events for logs and metrics: each finished attempt, each notification with its result,
   * each download of platform certificates with its result, a wrong clock. An error that it throws
   * changes no result.
   */
  readonly onEvent?: ((event: WeChatPayEvent) => void) | undefined
}

/** An event of `onEvent`. Distinguish them by `type`; later versions may add types. */
export type WeChatPayEvent = ClientEvent | AuthEvent | NotificationEvent

/** Every option with its type check. A record, so that the compiler reports a missing name. */
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
 * Rejects invalid options before a key is read. Without this check a mistyped name would be ignored,
 * and the error would be about the missing option.
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
    fix:
      slot === 'options' ? 'See the example of createWeChatPay.' : 'Leave it out for the default.',
  })
}

function unknown(name: string): ConfigurationError {
  const names = Object.keys(known)
  const near = names
    .map((one) => ({
      one,
      distance: distanceOf(one.toLowerCase(), name.toLowerCase().slice(0, 40)),
    }))
    .reduce((nearest, next) => (next.distance < nearest.distance ? next : nearest))
  return new ConfigurationError('unknown-option', {
    slot: name.slice(0, 40),
    found: 'an option of a name that does not exist',
    expected: near.distance <= 3 ? near.one : `one of ${names.join(', ')}`,
    fix: near.distance <= 3 ? `Write ${near.one}, if that is meant.` : 'Leave it out.',
  })
}

/** How many characters are inserted, deleted or replaced (Levenshtein). */
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
