/** The part of a pre-sign response that the mini-program needs. */
export interface SigningSession {
  readonly pre_entrustweb_id: string
  readonly sign_mp_appid: string
  readonly sign_mp_path: string
}

/** How `pre_entrustweb_id` is passed to the signing mini-program: in `extraData` or in `path`. */
export type SessionCarrier = 'extraData' | 'path'

/** The arguments of `wx.navigateToMiniProgram`, and when they expire. */
export interface MiniProgramLaunch {
  readonly appId: string
  readonly path: string
  /** Empty if the id is in the query of `path`. */
  readonly extraData: { readonly pre_entrustweb_id?: string }
  /**
   * The end of the signing session (签约会话): two hours after `now`. If the pre-sign was a repeat with
   * the same parameters, the session may have been opened earlier and may end earlier; this is not
   * documented. Serialises to RFC 3339.
   */
  readonly expiresAt: Date
}

const sessionMilliseconds = 2 * 60 * 60 * 1000

/**
 * Returns what the merchant's mini-program passes to `wx.navigateToMiniProgram` to open WeChat's
 * signing mini-program (微信签约小程序). Send it as JSON to your mini-program, and pass it unchanged to
 * `openSigning` of `@wechatpay-entrust/core/mini-program`.
 *
 * Inferred: the documentation names the three values, but not how the mini-program receives
 * `pre_entrustweb_id`; the similar product 委托代扣 uses `extraData`. Use `carrier: 'path'` if WeChat
 * Pay instructs you so. The response contains no expiry: it is calculated from `now` (milliseconds
 * since the epoch, default `Date.now()`), so call this function when the response arrives.
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
