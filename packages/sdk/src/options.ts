import {
  type AuthEvent,
  type Clock,
  ConfigurationError,
  requireKnownOptions,
} from '@wechatpay-entrust/auth'
import type { Language } from '@wechatpay-entrust/base'
import { describeOption } from '@wechatpay-entrust/base'
import {
  type ClientEvent,
  findLimitFault,
  findSpecFault,
  type SpecInput,
  specsOf,
} from '@wechatpay-entrust/core'
import type { EventTypes, NotificationEvent } from '@wechatpay-entrust/notification'
import type { MerchantOptions } from './merchant-options.ts'

/** Your credentials, the keys of WeChat Pay, and the hosts. */
export interface WeChatPayOptions<
  S extends SpecInput = readonly [],
  Names extends EventTypes = EventTypes,
> extends MerchantOptions {
  /** APIv3 key (APIv3密钥), 32 characters. While you replace it: a list, the current key first. */
  readonly apiV3Key: string | readonly string[]
  /** WeChat Pay public key (微信支付公钥): its id `PUB_KEY_ID_…` and the text of `pub_key.pem`. */
  readonly publicKey?: { readonly id: string; readonly pem: string } | undefined
  /**
   * Platform certificates (平台证书) as PEM texts, or `'download'`: downloaded when first needed, and
   * kept up to date. Give it together with `publicKey` while you switch from one to the other.
   */
  readonly platformCertificates?: readonly string[] | 'download' | undefined
  /**
   * Operations and notifications of other OpenAPI documents: the `spec` that `npx
   * @wechatpay-entrust/codegen` writes, or a list of such. They are used like ours.
   */
  readonly spec?: S | undefined
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
   * defaults; with `spec`, also the event types of a webhook whose document names none.
   */
  readonly eventTypes?: Names | undefined
  /**
   * Accept the mock's published keys, and a `notify_url` with http on this machine, which a mock in
   * the same process can reach. `mock.merchant` sets it. Default: only if every host is on this
   * machine.
   */
  readonly allowMockKeys?: boolean | undefined
  /**
   * Receives events for logs and metrics: each finished attempt, each notification with its result,
   * each download of platform certificates with its result, a wrong clock. An error that it throws
   * changes no result. Without it, failures in the background go to `console.error`; `() => {}`
   * silences them.
   */
  readonly onEvent?: ((event: WeChatPayEvent) => void) | undefined
  /** Writes one line to `console.error` for each event. Default: `WECHATPAY_DEBUG=1`. */
  readonly debug?: boolean | undefined
  /**
   * The language of the remedies that `console.log` and `util.inspect` print, for the whole process.
   * Default: `WECHATPAY_LANGUAGE`, else `en`. An error's `message` is always English.
   */
  readonly language?: Language | undefined
}

/** An event of `onEvent`. Distinguish them by `type`; later versions may add types. */
export type WeChatPayEvent = ClientEvent | AuthEvent | NotificationEvent

/** Every option with its type check. A record, so that the compiler reports a missing name. */
const known: {
  readonly [Name in keyof Required<WeChatPayOptions>]: 'function' | 'boolean' | undefined
} = {
  mchid: undefined,
  serialNumber: undefined,
  certificate: undefined,
  privateKey: undefined,
  credentials: undefined,
  apiV3Key: undefined,
  publicKey: undefined,
  spec: undefined,
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
  debug: 'boolean',
  language: undefined,
}

/**
 * Rejects invalid options before a key is read. Without this check a mistyped name would be ignored,
 * and the error would be about the missing option.
 *
 * @throws ConfigurationError `malformed-option`, `unknown-option`, `openapi-document`,
 * `unsupported-spec-version`, `malformed-spec`, `duplicate-operation`
 */
export function requireOptions(options: WeChatPayOptions<SpecInput>): void {
  requireKnownOptions(options, known)
  for (const [name, type] of Object.entries(known)) {
    const value: unknown = options[name as keyof WeChatPayOptions<SpecInput>]
    if (value === undefined || type === undefined) continue
    if (typeof value !== type) throw malformed(name, value, `a ${type}`)
  }
  const { timeout = 1, maxAttempts = 1, language = 'en' } = options
  if (language !== 'en' && language !== 'zh') throw malformed('language', language, "'en' or 'zh'")
  const specFault = options.spec === undefined ? undefined : findSpecFault(options.spec)
  if (specFault) throw new ConfigurationError(specFault.code, specFault)
  if (options.eventTypes !== undefined) {
    const webhooks = specsOf(options.spec).flatMap((one) => Object.keys(one.webhooks))
    const names = ['signed', 'terminated', ...webhooks].map((name) => [name, true])
    requireKnownOptions(options.eventTypes, Object.fromEntries(names), 'eventTypes')
  }
  const fault = findLimitFault({ timeout, maxAttempts })
  if (fault) throw malformed(fault.field, options[fault.field], fault.expected)
}

function malformed(slot: string, value: unknown, expected: string): ConfigurationError {
  return new ConfigurationError('malformed-option', {
    slot,
    found: describeOption(value),
    expected,
    remedy: { en: 'Leave it out for the default.', zh: '使用默认值时请省略此项。' },
  })
}
