import { expectTypeOf } from 'vitest'
import {
  type ApiError,
  type ApiErrorCode,
  type Args,
  type Client,
  type Contract,
  createClient,
  type KnownErrorCode,
  type OperationId,
  type QsMiniProgramPreEntrustSignRequest,
  type QsMiniProgramPreEntrustSignResponse,
  type Result,
} from '../index.ts'

declare const client: Client
declare const error: ApiError
const path = { service_id: 12535, out_contract_code: 'x' }
const json: QsMiniProgramPreEntrustSignRequest = {
  appid: 'a',
  sub_appid: 'a',
  sub_mchid: 'a',
  service_id: 12535,
  out_contract_code: 'x',
  notify_url: 'https://a.test',
  contract_display_account: 'a',
  openid: 'a',
}

expectTypeOf<
  | 'qsMiniProgramPreEntrustSign'
  | 'qsPayRedirectSignPreEntrustSign'
  | 'normalMiniProgramPreEntrustSign'
  | 'normalPayRedirectSignPreEntrustSign'
  | 'ecommerceMiniProgramPreEntrustSign'
  | 'ecommercePayRedirectSignPreEntrustSign'
  | 'serviceProviderMiniProgramPreEntrustSign'
  | 'serviceProviderPayRedirectSignPreEntrustSign'
  | 'getContractByCode'
  | 'terminateContractByCode'
  | 'getCertificates'
>().toExtend<OperationId>()
expectTypeOf<keyof Args<'qsMiniProgramPreEntrustSign'>>().toEqualTypeOf<'json'>()
expectTypeOf<keyof Args<'getContractByCode'>>().toEqualTypeOf<'path'>()
expectTypeOf<keyof Args<'terminateContractByCode'>>().toEqualTypeOf<'json' | 'path'>()
expectTypeOf<keyof Args<'getCertificates'>>().toEqualTypeOf<'query'>()
expectTypeOf<
  Result<'qsMiniProgramPreEntrustSign'>['data']
>().toEqualTypeOf<QsMiniProgramPreEntrustSignResponse>()
expectTypeOf<Result<'getContractByCode'>['data']>().toEqualTypeOf<Contract>()
expectTypeOf<Result<'getContractByCode'>['requestId']>().toEqualTypeOf<string | undefined>()
expectTypeOf(client.request('GET', '/v3/x'))
  .resolves.toHaveProperty('data')
  .toEqualTypeOf<unknown>()

// Valid calls.
client.qsMiniProgramPreEntrustSign({ json })
client.qsMiniProgramPreEntrustSign(
  { json },
  { signal: AbortSignal.timeout(5), timeout: 5, checkRequest: false },
)
client.getContractByCode({ path })
client.terminateContractByCode({ path, json: { contract_termination_remark: 'x' } })
client.getCertificates()
client.getCertificates({ query: { algorithm_type: 'RSA' } })
createClient({ fetch: globalThis.fetch })

// @ts-expect-error the body is missing
client.qsMiniProgramPreEntrustSign({})
// @ts-expect-error the arguments are missing
client.qsMiniProgramPreEntrustSign()
// @ts-expect-error service_id is a number
client.qsMiniProgramPreEntrustSign({ json: { ...json, service_id: '12535' } })
// @ts-expect-error null is not allowed
client.qsMiniProgramPreEntrustSign({ json: { ...json, openid: null } })
const { openid: _, ...noOpenid } = json
// @ts-expect-error neither openid nor sub_openid
client.qsMiniProgramPreEntrustSign({ json: noOpenid })
client.qsMiniProgramPreEntrustSign({ json: { ...noOpenid, sub_openid: 'a' } })
// @ts-expect-error the operation has no path parameters
client.qsMiniProgramPreEntrustSign({ json, path })
// @ts-expect-error a path parameter is missing
client.getContractByCode({ path: { service_id: 1 } })
// @ts-expect-error a query has no body
client.getContractByCode({ path, json })
// @ts-expect-error no such option
client.getContractByCode({ path }, { retries: 3 })
// @ts-expect-error webhooks cannot be called
client.contractSigned({})
// @ts-expect-error fetch is required
createClient({})

// Any code is allowed; editors complete the known ones.
expectTypeOf(error.code).toEqualTypeOf<ApiErrorCode>()
expectTypeOf<'SIGN_ERROR' | 'NO_AUTH' | 'TIMEOUT' | 'HTTP_502'>().toExtend<KnownErrorCode>()
expectTypeOf<'A_NEW_CODE'>().toExtend<ApiErrorCode>()
expectTypeOf<'A_NEW_CODE'>().not.toExtend<KnownErrorCode>()
expectTypeOf(error.outcome).toEqualTypeOf<'failed' | 'unknown'>()
expectTypeOf(error.detail).toEqualTypeOf<unknown>()
expectTypeOf(error.notFound).toEqualTypeOf<boolean>()
