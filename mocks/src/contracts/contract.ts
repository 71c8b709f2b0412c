import type { Args, Result } from '@wechatpay-entrust/core'
import type { spec } from '@wechatpay-entrust/core/spec'
import type { RandomHex } from '../platform/random.ts'

type Table = typeof spec.operations
/** The operations that open a signing session, in all modes. */
type PreSignId = {
  [Id in keyof Table]: Table[Id] extends { readonly effect: 'pre-sign' } ? Id : never
}[keyof Table]

/** The body of a pre-sign (预签约) request, of any mode. */
export type PreSignRequest = Args<PreSignId>['json']
/** The body of the query's response. */
export type Contract = Result<'getContractByCode'>['data']
/** Identifies a contract. */
export type ContractKey = Args<'getContractByCode'>['path']

/** The contract that a signed session results in, as in the query's response. */
export function signedContract(
  request: PreSignRequest,
  mchid: string,
  time: string,
  randomHex: RandomHex,
): Contract {
  const [appid, openid] =
    'sp_appid' in request ? [request.sp_appid, request.sp_openid] : [request.appid, request.openid]
  return {
    mchid,
    contract_id: randomHex(16),
    appid,
    // Always in the query's response: if the request had only `sub_openid`, the service still knows
    // the user's openid under `appid`.
    openid: openid ?? `oMOCK${randomHex(11)}`,
    ...('sub_appid' in request ? { sub_appid: request.sub_appid } : {}),
    ...('sub_openid' in request && request.sub_openid !== undefined
      ? { sub_openid: request.sub_openid }
      : {}),
    service_id: request.service_id,
    out_contract_code: request.out_contract_code,
    contract_display_account: request.contract_display_account,
    contract_state: 'SIGNED',
    contract_signed_time: time,
  }
}
