/**
 * For the mini-program (小程序) itself, not for the server: opens WeChat's signing mini-program
 * (微信签约小程序) and reads its result. One file without imports, in syntax that every base library
 * supports, so that you can also copy it.
 */

/** The JSON of `toMiniProgramLaunch(data)` from your server. */
export interface SigningLaunch {
  readonly appId: string
  readonly path: string
  readonly extraData?: { readonly [name: string]: unknown }
  /** When the signing session (签约会话) ends, RFC 3339. */
  readonly expiresAt?: string
}

/** The part of `wx` that is used here; `miniprogram-api-typings` has types for all of it. */
export interface MiniProgramPlatform {
  navigateToMiniProgram(options: {
    appId: string
    path: string
    extraData: { [name: string]: unknown }
    success: () => void
    fail: (error: { errMsg: string }) => void
  }): unknown
}

/** The part of the options of `App.onShow` and `wx.getEnterOptionsSync()` that is read here. */
export interface ShowOptions {
  readonly scene: number
  readonly referrerInfo?: {
    readonly appId?: string
    readonly extraData?: { readonly [name: string]: unknown }
  }
}

/**
 * The result that the signing mini-program reports. It comes from the user's phone, so it is only a
 * hint and no proof.
 */
export interface SigningReturn {
  /** `left`: the user pressed the back button, so the result is unknown; the user may have signed. */
  readonly hint: 'signed' | 'failed' | 'left'
  /** Its `return_msg`, if any. */
  readonly message: string
}

declare const wx: MiniProgramPlatform

/** Scene value (场景值) of a return from another mini-program. */
const returned = 1038

/**
 * Opens the signing mini-program. Call it in a tap handler: the platform rejects it elsewhere.
 *
 * @returns `opened`, or `declined` if the user refused to leave your mini-program
 * @throws {Error} with the platform's `errMsg`, or if the session has expired: then request a new
 * one from your server
 *
 * @example
 * ```ts
 * import { openSigning, type SigningLaunch } from '@wechatpay-entrust/core/mini-program'
 *
 * declare const launch: SigningLaunch // from your server
 * const page = {
 *   async onTapSign() {
 *     if ((await openSigning(launch)) === 'declined') console.log('Not now')
 *   },
 * }
 * ```
 */
export function openSigning(
  launch: SigningLaunch,
  platform: MiniProgramPlatform = wx
): Promise<'opened' | 'declined'> {
  return new Promise((resolve, reject) => {
    if (launch.expiresAt !== undefined && !(Date.parse(launch.expiresAt) > Date.now())) {
      reject(new Error('The signing session has expired; ask the server for a new one'))
      return
    }
    platform.navigateToMiniProgram({
      appId: launch.appId,
      path: launch.path,
      extraData: launch.extraData || {},
      success: () => resolve('opened'),
      fail: (error) => {
        if (/\bcancel\b/.test(error.errMsg)) resolve('declined')
        else reject(new Error(error.errMsg))
      },
    })
  })
}

/**
 * Call it in `App.onShow`. Returns a result if the user comes back from the signing mini-program,
 * otherwise `undefined`. In any case ask your server for the real state, which it knows from the
 * notification or a query (`waitForContract`).
 *
 * Inferred: the returned values are documented for the similar product 委托代扣, but not for this one.
 *
 * Official page:
 * https://pay.weixin.qq.com/docs/merchant/apis/entrusted-payment/redirect-mini-program.html
 *
 * @example
 * ```ts
 * import { readSigningReturn, type ShowOptions } from '@wechatpay-entrust/core/mini-program'
 *
 * const app = {
 *   onShow(options: ShowOptions) {
 *     const back = readSigningReturn(options, 'wxbd687630cd02ce1d')
 *     if (back) console.log(back.hint === 'signed' ? 'Checking …' : 'Not signed?')
 *   },
 * }
 * ```
 */
export function readSigningReturn(
  options: ShowOptions,
  signingAppId: string
): SigningReturn | undefined {
  const from = options.referrerInfo
  if (options.scene !== returned || !from || from.appId !== signingAppId) return undefined
  const result = from.extraData || {}
  const message = typeof result.return_msg === 'string' ? result.return_msg : ''
  if (result.return_code === 'SUCCESS') return { hint: 'signed', message }
  return { hint: result.return_code === 'FAIL' ? 'failed' : 'left', message }
}
