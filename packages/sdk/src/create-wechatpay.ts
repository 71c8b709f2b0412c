import {
  ConfigurationError,
  createDownloadedKeys,
  createPlatformKeys,
  createSigningFetch,
  type DownloadedKeys,
  type DownloadedKeysOptions,
  importApiV3Keys,
  type PaymentLaunch,
  type PaymentToLaunch,
  type PlatformKeys,
  type UnverifiedFetch,
} from '@wechatpay-entrust/auth'
import { setLanguage } from '@wechatpay-entrust/base'
import {
  baseUrlExpected,
  baseUrlsOf,
  type Client,
  createClient,
  findBaseUrlFault,
  isLoopbackUrl,
  type SpecInput,
} from '@wechatpay-entrust/core'
import type {
  EventTypes,
  NotificationOf,
  NotificationRequest,
  ReceiveOptions,
} from '@wechatpay-entrust/notification'
import { readCredentials, rejectOwnCertificate, rejectOwnPublicKey } from './merchant-options.ts'
import { requireOptions, type WeChatPayOptions } from './options.ts'

/**
 * The contract operations, those of `spec`, `request` for the rest of APIv3, `download` and `upload`
 * for files, the signature of a payment page, and the notifications.
 */
export type WeChatPay<
  S extends SpecInput = readonly [],
  Names extends EventTypes = EventTypes,
> = Client<S> & Receiver<S, Names>

/** For `ReturnType<typeof createWeChatPay>`, which names no spec. */
type Given<S extends SpecInput> = SpecInput extends S ? readonly [] : S

interface Receiver<S extends SpecInput, Names extends EventTypes> {
  /**
   * Signs what opens the payment page (调起支付) of an order: the arguments of `wx.requestPayment` with
   * `form: 'jsapi'`, the fields of the app SDK with `form: 'app'`. Send the result to your page or app,
   * and pass it on unchanged. Nothing is sent to WeChat Pay.
   *
   * @throws ConfigurationError names `appid`, `prepay_id`, `form` or `partnerid` if it is missing or
   * malformed
   * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791857
   * @example
   * ```ts
   * import type { WeChatPay } from 'wechatpay-entrust'
   *
   * declare const wechatpay: WeChatPay
   * const launch = await wechatpay.toPaymentLaunch({
   *   appid: 'wxd678efh567hg6787',
   *   prepay_id: 'wx201410272009395522657a690389285100',
   *   form: 'jsapi',
   * })
   * console.log(launch.paySign)
   * ```
   */
  toPaymentLaunch<Form extends PaymentToLaunch['form']>(
    payment: PaymentToLaunch & { readonly form: Form },
  ): Promise<PaymentLaunch<Form>>
  /**
   * Returns a notification only if every check passes: size, signature over the raw bytes, age,
   * decryption, merchant, and `expect`. If it throws, respond with `responseFor(error)`.
   *
   * @throws SignatureError, NotificationError
   */
  receiveNotification(
    request: NotificationRequest,
    options?: Pick<ReceiveOptions<S, Names>, 'expect'>,
  ): Promise<NotificationOf<S, Names>>
  /**
   * The settings of the same checks for an adapter or `handleNotification`, which send the response
   * themselves. Spread them into the options, for example
   * `createExpressHandler({ ...wechatpay.notifications, inbox })`.
   */
  readonly notifications: Omit<ReceiveOptions<Given<S>, Names>, 'expect' | 'maxBytes' | 'budgetMs'>
  /**
   * Stops the download of platform certificates and its timer. Nothing else runs in the background.
   * Idempotent.
   */
  close(): void
}

/**
 * Creates the client. It signs requests with your key, and verifies responses and notifications with
 * WeChat Pay's keys. All keys are read here, once; an invalid key throws and names its option.
 *
 * @throws ConfigurationError names the option, what was found and what was expected
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012471282
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { createWeChatPay } from 'wechatpay-entrust'
 *
 * const wechatpay = createWeChatPay({
 *   mchid: '1900009191',
 *   serialNumber: '3D7A1F0C5B2E4896A1D0C3F7E59B8264A7C1E0D2',
 *   privateKey: readFileSync('apiclient_key.pem', 'utf8'),
 *   apiV3Key: process.env.WECHATPAY_API_V3_KEY ?? '',
 *   publicKey: { id: 'PUB_KEY_ID_0119000091912026112300000000', pem: readFileSync('pub_key.pem', 'utf8') },
 * })
 * ```
 */
export function createWeChatPay<
  const S extends SpecInput = readonly [],
  const Names extends EventTypes = EventTypes,
>(options: WeChatPayOptions<S, Names>): WeChatPay<S, Names> {
  requireOptions(options)
  const { mchid, baseUrl, fetch, clock, onEvent, debug } = options
  if (options.language !== undefined) setLanguage(options.language)
  const baseUrls = baseUrlsOf(options)
  baseUrls.forEach(requireBaseUrl)
  const credentials = readCredentials(options)
  const apiV3Key = importApiV3Keys(options.apiV3Key)
  const platformKeys = readPlatformKeys(options, { credentials, apiV3Key, baseUrls })
  if (options.publicKey) rejectOwnPublicKey(platformKeys, options.publicKey.id, credentials)
  let unverifiedFetch: UnverifiedFetch | undefined
  const client = createClient<S>({
    spec: options.spec,
    fetch: createSigningFetch({ credentials, platformKeys, fetch, clock, onEvent, debug }),
    unverifiedFetch: async (...request) => {
      const { createUnverifiedFetch } = await import('./on-use.ts')
      unverifiedFetch ??= createUnverifiedFetch({ credentials, platformKeys, fetch, clock })
      return unverifiedFetch(...request)
    },
    baseUrl,
    backupBaseUrl: options.backupBaseUrl,
    timeout: options.timeout,
    maxAttempts: options.maxAttempts,
    checkRequests: options.checkRequests,
    // A client that accepts the mock's keys calls a mock, whose receiver is on this machine.
    allowLoopbackHttp: options.allowMockKeys || undefined,
    clock,
    onEvent,
    debug,
  })
  const notifications = {
    platformKeys,
    apiV3Key,
    mchid,
    clock,
    eventTypes: options.eventTypes,
    spec: options.spec,
    onEvent,
    debug,
  }
  const receiver: Receiver<S, Names> = {
    notifications: notifications as Receiver<S, Names>['notifications'],
    async toPaymentLaunch(payment) {
      const { signPaymentLaunch } = await import('./on-use.ts')
      return signPaymentLaunch({ credentials, clock }, payment)
    },
    async receiveNotification(request, { expect } = {}) {
      // Loaded on demand: a bundle that only sends requests does not load it at start.
      const { receiveNotification } = await import('./receive.ts')
      return receiveNotification<S, Names>(request, { ...notifications, expect })
    },
    close() {
      if ('close' in platformKeys) platformKeys.close()
    },
  }
  return { ...client, ...receiver }
}

function readPlatformKeys(
  {
    publicKey,
    platformCertificates,
    fetch,
    clock,
    onEvent,
    debug,
    ...options
  }: Omit<WeChatPayOptions, 'spec' | 'eventTypes'>,
  parts: Pick<DownloadedKeysOptions, 'credentials' | 'apiV3Key'> & {
    readonly baseUrls: readonly string[]
  },
): PlatformKeys | DownloadedKeys {
  const { baseUrls, ...rest } = parts
  const allowMockKeys = options.allowMockKeys ?? baseUrls.every(isLoopbackUrl)
  if (platformCertificates !== 'download') {
    const keys = createPlatformKeys({ publicKey, platformCertificates, allowMockKeys, clock })
    rejectOwnCertificate(keys.serials, parts.credentials)
    return keys
  }
  const [baseUrl, backupBaseUrl] = baseUrls
  return createDownloadedKeys({
    ...rest,
    publicKey,
    baseUrl,
    backupBaseUrl,
    fetch,
    clock,
    allowMockKeys,
    onEvent,
    debug,
  })
}

function requireBaseUrl(baseUrl: string, index: number): void {
  const found = findBaseUrlFault(baseUrl)
  if (found === undefined) return
  throw new ConfigurationError('malformed-base-url', {
    slot: index === 0 ? 'baseUrl' : 'backupBaseUrl',
    found,
    expected: baseUrlExpected,
    remedy: {
      en: 'Leave it out for WeChat Pay itself.',
      zh: '访问微信支付本身时请省略此项。',
    },
  })
}
