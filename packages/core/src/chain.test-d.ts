import { expectTypeOf } from 'vitest'
import type { Client, Contract, QsMiniProgramPreEntrustSignRequest, Result, Route } from './index.ts'

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
expectTypeOf(property.post).parameters.toEqualTypeOf<Parameters<Client['qsMiniProgramPreEntrustSign']>>()
expectTypeOf<'v3/certificates'>().toExtend<Route>()

const byCode = client.v3.passwordExemptContract.contracts.serviceId._service_id_.outContractCode._out_contract_code_
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
const { openid: _, sub_openid: __, ...nobody } = json
// @ts-expect-error neither openid nor sub_openid
text.post({ json: nobody })
