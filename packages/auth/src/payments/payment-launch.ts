import { describeType, encodeBase64, utf8 } from '@wechatpay-entrust/base'
import { randomHex as secureHex } from '../crypto/random.ts'
import { ConfigurationError } from '../errors.ts'
import type { Credentials, CredentialsSource } from '../keys/credentials.ts'
import { requireFunction, requireKnownOptions } from '../known-options.ts'
import { type Clock, nowInSeconds } from '../signatures/freshness.ts'
import { signatureType } from '../signatures/message-signature.ts'
import { signedText } from '../signatures/signed-text.ts'

export interface PaymentLaunchOptions {
  /** The merchant that created the order. A function is called before each signature. */
  readonly credentials: CredentialsSource
  /** Default `Date.now`. */
  readonly clock?: Clock | undefined
  /** Makes the nonce, in upper-case or lower-case hex. Default: the secure random source. */
  readonly randomHex?: ((byteLength: number) => string) | undefined
}

/** The order to pay, and where the payment page opens. */
export interface PaymentToLaunch {
  /**
   * The appid that the order was created with. In a service provider's order: the one of the app or
   * mini-program that opens the payment page, `sp_appid` or `sub_appid`.
   */
  readonly appid: string
  /** As the response to the order has it, without `prepay_id=`. Valid for two hours. */
  readonly prepay_id: string
  /** `jsapi`: for `wx.requestPayment` and `WeixinJSBridge`. `app`: for the SDK of a mobile app. */
  readonly form: 'jsapi' | 'app'
  /**
   * With `form: 'app'`: the `partnerid`. Default: the `mchid` of the credentials. A service provider
   * gives what the page of its order operation says: `sp_mchid` or `sub_mchid`.
   */
  readonly partnerid?: string | undefined
}

/** The arguments of `wx.requestPayment`, apart from the callbacks. */
export interface JsapiPaymentLaunch {
  /** Only `WeixinJSBridge` needs it; `wx.requestPayment` ignores it. */
  readonly appId: string
  /** Seconds since the epoch, as text. */
  readonly timeStamp: string
  readonly nonceStr: string
  /** `prepay_id=…` */
  readonly package: string
  readonly signType: 'RSA'
  readonly paySign: string
}

/** The fields of `PayReq` of the app SDK. */
export interface AppPaymentLaunch {
  readonly appid: string
  readonly partnerid: string
  readonly prepayid: string
  readonly package: 'Sign=WXPay'
  readonly noncestr: string
  /** Seconds since the epoch, as text. */
  readonly timestamp: string
  readonly sign: string
}

/** What `form` results in. */
export type PaymentLaunch<Form extends PaymentToLaunch['form']> = {
  readonly jsapi: JsapiPaymentLaunch
  readonly app: AppPaymentLaunch
}[Form]

/**
 * Signs what a mini-program or an app passes to WeChat to open the payment page (调起支付). Send the
 * result as JSON to your page or app, and pass it on unchanged. It contains no secret.
 *
 * @throws ConfigurationError `malformed-option`: `appid`, `prepay_id`, `form` or `partnerid` is missing
 * or malformed; `unknown-option`; `unusable-key`: the credentials sign with another scheme than RSA
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791857
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012167492
 * @example
 * ```ts
 * import { createCredentials, signPaymentLaunch } from '@wechatpay-entrust/auth'
 *
 * declare const privateKey: string
 * const credentials = createCredentials({ mchid: '1900009191', serialNumber: '3D7A1F0C5B2E', privateKey })
 * const launch = await signPaymentLaunch(
 *   { credentials },
 *   { appid: 'wxd678efh567hg6787', prepay_id: 'wx201410272009395522657a690389285100', form: 'jsapi' },
 * )
 * console.log(launch.paySign)
 * ```
 */
export async function signPaymentLaunch<Form extends PaymentToLaunch['form']>(
  options: PaymentLaunchOptions,
  payment: PaymentToLaunch & { readonly form: Form },
): Promise<PaymentLaunch<Form>> {
  requireKnownOptions(options, optionNames)
  requireKnownOptions(payment, paymentNames, 'payment')
  const { credentials, clock = Date.now, randomHex = secureHex } = options
  requireFunction('clock', clock)
  requireFunction('randomHex', randomHex)
  requirePayment(payment)
  const signer = typeof credentials === 'function' ? await credentials() : credentials
  requireRsa(signer)
  const { appid, prepay_id, form, partnerid = signer.mchid } = payment
  const timestamp = String(nowInSeconds(clock))
  const nonce = randomHex(16)
  const lastLine = form === 'jsapi' ? `prepay_id=${prepay_id}` : prepay_id
  const text = signedText([appid, timestamp, nonce], utf8(lastLine))
  const signature = encodeBase64(await signer.sign(text))
  const launches: { readonly [One in PaymentToLaunch['form']]: PaymentLaunch<One> } = {
    jsapi: {
      appId: appid,
      timeStamp: timestamp,
      nonceStr: nonce,
      package: lastLine,
      signType: 'RSA',
      paySign: signature,
    },
    app: {
      appid,
      partnerid,
      prepayid: prepay_id,
      package: 'Sign=WXPay',
      noncestr: nonce,
      timestamp,
      sign: signature,
    },
  }
  return launches[form]
}

/** Each value is a line of the signed text, so it must not contain what could start another line. */
function requirePayment({ appid, prepay_id, form, partnerid }: PaymentToLaunch): void {
  if (form !== 'jsapi' && form !== 'app') {
    throw malformed('form', describe(form), "'jsapi' or 'app'", {
      en: "Write 'jsapi' for a mini-program or a page in WeChat, 'app' for a mobile app.",
      zh: "小程序或微信内网页请填写 'jsapi'，移动应用请填写 'app'。",
    })
  }
  if (!isPlain(appid, 32)) {
    throw malformed('appid', describe(appid), 'the appid of the order, at most 32 characters', {
      en: 'Pass the appid that the order was created with, such as wxd678efh567hg6787.',
      zh: '请传入下单时使用的 appid，例如 wxd678efh567hg6787。',
    })
  }
  if (!isPlain(prepay_id, 64)) {
    const hasPrefix = typeof prepay_id === 'string' && prepay_id.startsWith('prepay_id=')
    const found = hasPrefix ? 'a text that begins with prepay_id=' : describe(prepay_id)
    const expected = 'the prepay_id of the order, at most 64 characters'
    throw malformed('prepay_id', found, expected, {
      en: 'Pass `prepay_id` of the response to the order, unchanged.',
      zh: '请原样传入下单应答中的 prepay_id。',
    })
  }
  if (partnerid === undefined) return
  if (form === 'jsapi') {
    throw malformed('partnerid', 'a value', "nothing, because form is 'jsapi'", {
      en: 'Leave it out.',
      zh: '请省略此项。',
    })
  }
  if (!isPlain(partnerid, 32)) {
    throw malformed('partnerid', describe(partnerid), 'a merchant id as text, 1 to 32 digits', {
      en: 'Leave it out for your own mchid, or write it in quotes.',
      zh: '使用自己的商户号时请省略此项，否则请写成带引号的字符串。',
    })
  }
}

const isPlain = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && /^[0-9A-Za-z_-]+$/.test(value) && value.length <= longest

/** The mini-program and the app SDK know `signType: 'RSA'` only. */
function requireRsa({ signatureType: scheme = signatureType }: Credentials): void {
  if (scheme === signatureType) return
  throw new ConfigurationError('unusable-key', {
    slot: 'credentials.signatureType',
    found: 'another scheme than RSA',
    expected: signatureType,
    remedy: {
      en: "Pass credentials of an RSA key: wx.requestPayment accepts signType 'RSA' only.",
      zh: "请使用 RSA 私钥：wx.requestPayment 只支持 signType 'RSA'。",
    },
  })
}

function malformed(
  slot: string,
  found: string,
  expected: string,
  remedy: ConfigurationError['remedy'] & object,
): ConfigurationError {
  return new ConfigurationError('malformed-option', { slot, found, expected, remedy })
}

function describe(value: unknown): string {
  if (typeof value !== 'string') return describeType(value)
  if (value === '') return 'an empty text'
  return `a text of ${value.length} characters, or with others than letters, digits, _ and -`
}

const optionNames: { readonly [Name in keyof Required<PaymentLaunchOptions>]: true } = {
  credentials: true,
  clock: true,
  randomHex: true,
}

const paymentNames: { readonly [Name in keyof Required<PaymentToLaunch>]: true } = {
  appid: true,
  prepay_id: true,
  form: true,
  partnerid: true,
}
