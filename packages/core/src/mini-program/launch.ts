/** The part of a pre-sign answer that the mini-program needs. */
export interface SigningSession {
  readonly pre_entrustweb_id: string
  readonly sign_mp_appid: string
  readonly sign_mp_path: string
}

/**
 * What carries `pre_entrustweb_id` into the signing mini-program: `extraData`, or the query of
 * `path`.
 */
export type SessionCarrier = 'extraData' | 'path'

/** What `wx.navigateToMiniProgram` takes, and until when it is good for. */
export interface MiniProgramLaunch {
  readonly appId: string
  readonly path: string
  /** Empty where the path carries the id. */
  readonly extraData: { readonly pre_entrustweb_id?: string }
  /**
   * The end of the signing session (签约会话), two hours after `now`, so at the latest if the answer at
   * hand opened it. A repeat with the same parameters may name a session that was opened earlier
   * and ends earlier; whether it does is unknown. Serialises to RFC 3339.
   */
  readonly expiresAt: Date
}

const sessionMilliseconds = 2 * 60 * 60 * 1000

/**
 * Gives what the merchant's mini-program hands to `wx.navigateToMiniProgram` to open WeChat's
 * signing mini-program (微信签约小程序); `openSigning` of `@wechatpay-entrust/core/mini-program` takes it
 * as it is, after JSON.
 *
 * Inferred: the documentation names the three values, but not how the mini-program receives
 * `pre_entrustweb_id`; `extraData` is the carrier of the sibling product (委托代扣). `carrier: 'path'`
 * is there in case WeChat Pay tells you otherwise. The answer carries no expiry either: it is
 * counted from `now` (milliseconds since epoch, default `Date.now()`), so call this when the answer
 * arrives.
 *
 * Official page: https://pay.weixin.qq.com/doc/v3/partner/4012471282
 *
 * @example
 * ```ts
 * import { toMiniProgramLaunch } from '@wechatpay-entrust/core'
 *
 * const launch = toMiniProgramLaunch({
 *   pre_entrustweb_id: '5778aadY9nltAsZzXixCkFIGYnV2V',
 *   sign_mp_appid: 'wxbd687630cd02ce1d',
 *   sign_mp_path: 'pages/PwdExemptContract/index',
 * })
 * ```
 */
export function toMiniProgramLaunch(
  { pre_entrustweb_id, sign_mp_appid: appId, sign_mp_path }: SigningSession,
  options: {
    readonly now?: number | undefined
    readonly carrier?: SessionCarrier | undefined
  } = {},
): MiniProgramLaunch {
  const expiresAt = new Date((options.now ?? Date.now()) + sessionMilliseconds)
  if (options.carrier !== 'path')
    return { appId, path: sign_mp_path, extraData: { pre_entrustweb_id }, expiresAt }
  const joint = sign_mp_path.includes('?') ? '&' : '?'
  const path = `${sign_mp_path}${joint}pre_entrustweb_id=${encodeURIComponent(pre_entrustweb_id)}`
  return { appId, path, extraData: {}, expiresAt }
}
