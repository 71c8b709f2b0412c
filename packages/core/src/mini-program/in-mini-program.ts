/**
 * For the mini-program (小程序) itself, not for the server: opens WeChat's signing mini-program
 * (微信签约小程序) and reads what comes back. One file without imports, in syntax that every base library
 * reads, so that it works copied as it is.
 */

/** `toMiniProgramLaunch(answer)` as your server's JSON carries it. */
export interface SigningLaunch {
  readonly appId: string
  readonly path: string
  readonly extraData?: { readonly [name: string]: unknown }
  /** When the signing session (签约会话) ends, RFC 3339. */
  readonly expiresAt?: string
}

/** The part of the platform's `wx` that is used here; `miniprogram-api-typings` types the whole. */
export interface MiniProgramPlatform {
  navigateToMiniProgram(options: {
    appId: string
    path: string
    extraData: { [name: string]: unknown }
    success: () => void
    fail: (error: { errMsg: string }) => void
  }): unknown
}

/** What `App.onShow` and `wx.getEnterOptionsSync()` are given, as far as it is read here. */
export interface ShowOptions {
  readonly scene: number
  readonly referrerInfo?: {
    readonly appId?: string
    readonly extraData?: { readonly [name: string]: unknown }
  }
}

/**
 * What the signing mini-program says on the way back. A hint, written on the user's phone: nothing
 * is proven by it.
 */
export interface SigningReturn {
  /**
   * `left`: came back by the back button, so nothing is said; the user may have signed all the
   * same.
   */
  readonly hint: 'signed' | 'failed' | 'left'
  /** Its `return_msg`, if any. */
  readonly message: string
}

declare const wx: MiniProgramPlatform

/** Scene value (场景值) of a return from another mini-program. */
const returned = 1038

/**
 * Opens the signing mini-program. Call it in the handler of a tap: the platform refuses it
 * elsewhere.
 *
 * @returns `opened`; `declined` when the user did not want to leave
 * @throws {Error} the platform's `errMsg`, or that the session has expired: then ask your server
 * for a new one
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
  platform: MiniProgramPlatform = wx,
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
 * Reads in `App.onShow` whether the user comes back from the signing mini-program; `undefined` when
 * not. Whatever it says, ask your server, which knows by notification or query (`waitForContract`).
 *
 * Inferred: the documentation of the sibling product (委托代扣) says what comes back, that of this one
 * does not.
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
  signingAppId: string,
): SigningReturn | undefined {
  const from = options.referrerInfo
  if (options.scene !== returned || !from || from.appId !== signingAppId) return undefined
  const said = from.extraData || {}
  const message = typeof said.return_msg === 'string' ? said.return_msg : ''
  if (said.return_code === 'SUCCESS') return { hint: 'signed', message }
  return { hint: said.return_code === 'FAIL' ? 'failed' : 'left', message }
}
