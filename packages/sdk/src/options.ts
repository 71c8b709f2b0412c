import { type AuthEvent, type Clock, ConfigurationError } from '@wechatpay-entrust/auth'
import { type ClientEvent, findLimitFault } from '@wechatpay-entrust/core'
import type { EventTypes, NotificationEvent } from '@wechatpay-entrust/notification'
import type { MerchantOptions } from './merchant-options.ts'

/** Who you are, whom you trust, and where to send to. */
export interface WeChatPayOptions extends MerchantOptions {
  /** APIv3 key (APIv3密钥), 32 characters; while it changes a list, the current one first. */
  readonly apiV3Key: string | readonly string[]
  /** WeChat Pay public key (微信支付公钥): its id `PUB_KEY_ID_…` and the text of `pub_key.pem`. */
  readonly publicKey?: { readonly id: string; readonly pem: string } | undefined
  /**
   * Platform certificates (平台证书) as PEM texts, or `'download'`: got when first needed, and kept up
   * to date. Beside the public key while you switch from one to the other.
   */
  readonly platformCertificates?: readonly string[] | 'download' | undefined
  /** Scheme and host. Default `https://api.mch.weixin.qq.com`. */
  readonly baseUrl?: string | undefined
  /**
   * Where a call, and a download of certificates, goes on after a failed connection, a 502, 503 or
   * 504: the backup host (备域名). `false`: nowhere else. Default `https://api2.mch.weixin.qq.com`,
   * and none with a `baseUrl` of your own.
   */
  readonly backupBaseUrl?: string | false | undefined
  /** Sends the signed requests. Default: `globalThis.fetch`, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: Clock | undefined
  /**
   * Deadline of a call in milliseconds, over all attempts, the waits between them and the bodies.
   * Default 30,000.
   */
  readonly timeout?: number | undefined
  /** Attempts of a call, 1 to 5; 1: no repeat. Default 3. */
  readonly maxAttempts?: number | undefined
  /** Check arguments against the spec before sending. Default true. */
  readonly checkRequests?: boolean | undefined
  /**
   * Which `event_type` means signed and which terminated, where your notifications name others than
   * the defaults.
   */
  readonly eventTypes?: EventTypes | undefined
  /** Take the mock's published keys. Default: only if `baseUrl` is on this machine. */
  readonly allowMockKeys?: boolean | undefined
  /**
   * Is told what happens, for logs and metrics: each attempt that ended, each notification and what
   * became of it, platform certificates that were downloaded or could not be, a clock that is off.
   * What it throws changes no result.
   */
  readonly onEvent?: ((event: WeChatPayEvent) => void) | undefined
}

/** What `onEvent` is told. SentNotification apart by `type`; more types may come. */
export type WeChatPayEvent = ClientEvent | AuthEvent | NotificationEvent

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
 * Refuses options that nothing could be made of, before a key is read: a name that nobody knows
 * would else be passed over, and the error would be about the option that is missing.
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
