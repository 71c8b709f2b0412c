import { expectTypeOf } from 'vitest'
import type { spec } from '../generated/spec.ts'
import type {
  Args,
  Client,
  Contract,
  OperationExamples,
  OperationId,
  operations,
  PayRedirectSignPreEntrustSignResponse,
  paths,
  QsMiniProgramPreEntrustSignRequest,
  Result,
  Route,
} from '../index.ts'

declare const client: Client
declare const json: QsMiniProgramPreEntrustSignRequest
const path = { service_id: 12535, out_contract_code: 'x' }
const route = 'v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program'

const property = client.v3.passwordExemptContract.contracts.qs.preEntrustSign.miniProgram
const text = client.chain(route)
const index = client[route]
expectTypeOf(property.post).toEqualTypeOf(text.post)
expectTypeOf(text.post).toEqualTypeOf(index.post)
expectTypeOf(index.post).toEqualTypeOf(index.postAsync)
expectTypeOf(property.post).returns.resolves.toEqualTypeOf<Result<'qsMiniProgramPreEntrustSign'>>()
expectTypeOf(property.post).parameters.toEqualTypeOf<
  Parameters<Client['qsMiniProgramPreEntrustSign']>
>()
expectTypeOf<'v3/certificates'>().toExtend<Route>()

const byCode =
  client.v3.passwordExemptContract.contracts.serviceId._service_id_.outContractCode
    ._out_contract_code_
expectTypeOf(byCode.get({ path })).resolves.toHaveProperty('data').toEqualTypeOf<Contract>()
byCode.terminate.post({ path, json: { contract_termination_remark: 'x' } })
client.v3.certificates.get()
client.v3.certificates.getAsync({ query: { algorithm_type: 'RSA' } })

// @ts-expect-error the body is missing
property.post({})
// @ts-expect-error the arguments are missing
property.post()
// @ts-expect-error no GET here
property.get
// @ts-expect-error a path parameter is missing
byCode.get({ path: { service_id: 1 } })
// @ts-expect-error no such path
client.chain('v3/nope')
// @ts-expect-error no such path
client['v3/nope']
// @ts-expect-error no such step
client.v3.nope
// @ts-expect-error no such step
client.v3.passwordExemptContract.contracts.qs.preEntrustSign.minProgram
const { openid: _, sub_openid: __, ...noOpenid } = json
// @ts-expect-error neither openid nor sub_openid
text.post({ json: noOpenid })

// T-40: the types agree with the spec, for every operation and in every style.
type Table = typeof spec.operations
expectTypeOf<keyof Table>().toEqualTypeOf<OperationId>()
expectTypeOf<Route>().toEqualTypeOf<
  { [Id in OperationId]: Table[Id]['path'] extends `/${infer R}` ? R : never }[OperationId]
>()
expectTypeOf<Table[OperationId]['path']>().toEqualTypeOf<keyof paths>()
type Verb<Id extends OperationId> = Lowercase<Table[Id]['method']>
/** The operation at the path and the method of the table. */
type AtPath<Id extends OperationId> = paths[Table[Id]['path']][Verb<Id> &
  keyof paths[Table[Id]['path']]]
type Mismatch = { [Id in OperationId]: AtPath<Id> extends operations[Id] ? never : Id }[OperationId]
expectTypeOf<Mismatch>().toEqualTypeOf<never>()
/** The call by path has the same type as the call by id. */
type Methods = {
  [Id in OperationId]: Client[Table[Id]['path'] extends `/${infer R extends Route}` ? R : never]
}
type CallAt<Id extends OperationId> = Methods[Id][Verb<Id> & keyof Methods[Id]]
type Unlike = {
  [Id in OperationId]: CallAt<Id> extends Client[Id]
    ? Client[Id] extends CallAt<Id>
      ? never
      : Id
    : Id
}[OperationId]
expectTypeOf<Unlike>().toEqualTypeOf<never>()

const { contracts } = client.v3.passwordExemptContract
expectTypeOf<keyof typeof contracts>().toEqualTypeOf<
  'qs' | 'normal' | 'ecommerce' | 'serviceProvider' | 'serviceId'
>()
expectTypeOf(contracts.qs.preEntrustSign.payRedirectSign.post)
  .returns.resolves.toHaveProperty('data')
  .toEqualTypeOf<PayRedirectSignPreEntrustSignResponse>()
expectTypeOf<OperationExamples['getContractByCode']['args']>().toEqualTypeOf<
  Args<'getContractByCode'>
>()
// @ts-expect-error prepay_id is missing
contracts.qs.preEntrustSign.payRedirectSign.post({ json })
contracts.qs.preEntrustSign.payRedirectSign.post({ json: { ...json, prepay_id: 'wx' } })
// @ts-expect-error a direct merchant must give openid
contracts.normal.preEntrustSign.miniProgram.post({ json: noOpenid })
// @ts-expect-error the service provider's AppID is sp_appid
contracts.serviceProvider.preEntrustSign.miniProgram.post({ json: { ...json, sub_appid: 'a' } })
const {
  sub_mchid,
  sub_appid,
  appid: sp_appid,
  service_id,
  out_contract_code,
  notify_url,
  contract_display_account,
} = json
const provided = {
  sp_appid,
  sub_mchid,
  sub_appid,
  service_id,
  out_contract_code,
  notify_url,
  contract_display_account,
}
expectTypeOf(contracts.serviceProvider.preEntrustSign.miniProgram.post({ json: provided }))
  .resolves.toHaveProperty('data')
  .toHaveProperty('sub_mchid')
