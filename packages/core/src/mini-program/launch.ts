import { describeType, isPlainObject } from '@wechatpay-entrust/base'
import { requireMembers } from '../request/arguments.ts'
import { RequestError, type RequestProblem } from '../request/request-error.ts'

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
 * @throws {RequestError} `missing-field`: the session lacks a value, so the mini-program could not open
 * it; `unknown-member`: `options` has another member
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
  session: SigningSession,
  options: {
    readonly now?: number | undefined
    readonly carrier?: SessionCarrier | undefined
  } = {},
): MiniProgramLaunch {
  requireSession(session)
  requireMembers('toMiniProgramLaunch', 'options', options, ['now', 'carrier'])
  const { pre_entrustweb_id, sign_mp_appid: appId, sign_mp_path } = session
  const expiresAt = new Date((options.now ?? Date.now()) + sessionMilliseconds)
  if (options.carrier !== 'path')
    return { appId, path: sign_mp_path, extraData: { pre_entrustweb_id }, expiresAt }
  const joint = sign_mp_path.includes('?') ? '&' : '?'
  const path = `${sign_mp_path}${joint}pre_entrustweb_id=${encodeURIComponent(pre_entrustweb_id)}`
  return { appId, path, extraData: {}, expiresAt }
}

/** A response that does not fit the spec is returned all the same, so its values may be missing. */
function requireSession(session: unknown): asserts session is SigningSession {
  const problems = (['pre_entrustweb_id', 'sign_mp_appid', 'sign_mp_path'] as const).flatMap(
    (field): RequestProblem[] => {
      const value = isPlainObject(session) ? session[field] : undefined
      if (typeof value === 'string' && value !== '') return []
      const found = value === '' ? 'an empty text' : describeType(value)
      const expected = 'a text from the `data` of a pre-sign response'
      return [{ code: 'missing-field', location: 'arguments', field, expected, found }]
    },
  )
  const [first, ...others] = problems
  if (first !== undefined) throw new RequestError('toMiniProgramLaunch', [first, ...others])
}
