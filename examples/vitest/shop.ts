// The code under test. It does not know the mock: its dependencies are parameters.
import {
  acceptedResponse,
  responseFor,
  toMiniProgramLaunch,
  toResponse,
  type WeChatPay,
} from 'wechatpay-entrust'

export interface User {
  readonly name: string
  readonly openid: string
}

export function createShop(wechatpay: WeChatPay, notify_url: string) {
  /** Replaces your database: contract ids by contract code. */
  const contracts = new Map<string, string>()
  return {
    contracts,

    /** The value that the mini-program passes to `wx.navigateToMiniProgram`. */
    async offerContract(out_contract_code: string, { name, openid }: User) {
      const { data } = await wechatpay.qsMiniProgramPreEntrustSign({
        json: {
          appid: 'wxd678efh567hg6787',
          sub_appid: 'wxd678efh567hg6787',
          sub_mchid: '1900000109',
          service_id: 12535,
          out_contract_code,
          openid,
          contract_display_account: name,
          notify_url,
        },
      })
      return toMiniProgramLaunch(data)
    },

    /**
     * The route of `notify_url`. It is idempotent, because a notification may arrive twice.
     */
    async notify(request: Request): Promise<Response> {
      try {
        const { kind, resource } = await wechatpay.receiveNotification(request)
        // No official page guarantees the fields, so each is checked before it is used.
        const code = kind === 'unknown' ? undefined : resource.out_contract_code
        if (kind === 'signed' && code) contracts.set(code, resource.contract_id ?? '')
        if (kind === 'terminated' && code) contracts.delete(code)
        return toResponse(acceptedResponse)
      } catch (error) {
        return toResponse(responseFor(error))
      }
    },
  }
}
