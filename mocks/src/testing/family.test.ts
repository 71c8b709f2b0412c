// All operations of the operations table, called through the client: a new operation of the spec is
// tested too.
import type { ApiResponse, CallOptions, OperationId } from '@wechatpay-entrust/core'
import { operationExamples, spec } from '@wechatpay-entrust/core/spec'
import { expect, test } from 'vitest'
import { type ContractNotification, createWeChatPay } from 'wechatpay-entrust'
import { respondToControl } from '../control/control.ts'
import { createMock } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'

type Call = (args: object, options?: CallOptions) => Promise<ApiResponse<Record<string, unknown>>>
const all = Object.values(spec.operations).map(({ id, effect }) => ({ id, effect }))
const preSigns = all.filter(({ effect }) => effect === 'pre-sign')
/** Valid arguments, from the spec's examples. */
const argsOf = (id: OperationId) => operationExamples[id].args as { readonly json?: object }
const key = { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' }

function setUp() {
  const events: ContractNotification[] = []
  const mock = createMock({
    async deliver(sent) {
      events.push(await client.receiveNotification(sent))
      return 204
    },
  })
  const client = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
  const call = (id: OperationId, change: object = {}, options?: CallOptions) => {
    const example = argsOf(id)
    const json = example.json && { json: { ...example.json, ...change } }
    return (client[id] as Call)({ ...example, ...json }, options)
  }
  const signContract = async () => {
    await call('qsMiniProgramPreEntrustSign')
    await mock.user.signs(key)
  }
  return { mock, client, events, call, signContract }
}

test('the family is ten operations on contracts, of which eight pre-sign', () => {
  const paths = Object.values(spec.operations).map(({ path }) => path)
  expect(
    paths.filter((path) => path.startsWith('/v3/password-exempt-contract/contracts/')),
  ).toHaveLength(10)
  expect(preSigns).toHaveLength(8)
})

test.each(all)(
  'T-40 the mock responds to $id as its page shows, and the client accepts it',
  async ({ id, effect }) => {
    const { mock, call, signContract } = setUp()
    if (effect === 'query' || effect === 'terminate') await signContract()
    const { data, response, requestId } = await call(id)
    expect(response.status).toBe(200)
    expect(requestId).toBeTruthy()
    const shown = Object.keys(operationExamples[id].data)
    // The example of the query shows a terminated contract.
    expect(Object.keys(data)).toEqual(
      expect.arrayContaining(shown.filter((name) => name !== 'contract_terminate_info')),
    )
    expect(mock.requests().at(-1)).toMatchObject({ status: 200, verified: true, reason: null })
  },
)

test.each(preSigns)(
  '$id: pre-signed, signed, notified, found by the query, terminated',
  async ({ id }) => {
    const { mock, client, events, call } = setUp()
    // Not those of the example, so that the response must come from the request.
    const key = { service_id: 77, out_contract_code: 'otherCODE7' }
    const { data } = await call(id, key)
    expect(data).toMatchObject({ ...key, mchid: mockKeys.mchid })
    const session = data as typeof key
    expect(await mock.user.signs(session)).toMatchObject({
      out_contract_code: 'otherCODE7',
      state: 'signed',
    })
    expect(events).toMatchObject([
      { kind: 'signed', resource: { ...key, contract_state: 'SIGNED' } },
    ])
    const contract = (await client.getContractByCode({ path: key })).data
    expect(events[0]?.resource).toEqual(contract)
    await client.terminateContractByCode({
      path: key,
      json: { contract_termination_remark: '用户解约' },
    })
    expect((await client.getContractByCode({ path: key })).data.contract_state).toBe('TERMINATED')
  },
)

test.each(preSigns)('$id: every missing required field gets PARAM_ERROR', async ({ id }) => {
  const { call } = setUp()
  const optional = ['openid', 'sub_openid', 'sp_openid']
  const names = Object.keys(argsOf(id).json ?? {}).filter((name) => !optional.includes(name))
  expect(names.length).toBeGreaterThan(4)
  for (const name of names) {
    const refused = call(id, { [name]: undefined }, { checkRequest: false, maxAttempts: 1 })
    await expect(refused, name).rejects.toMatchObject({
      code: 'PARAM_ERROR',
      detail: { field: `/${name}` },
    })
  }
})

test('in the contract appid and openid are the service provider’s, and sub_ fields the sub-merchant’s', async () => {
  const { mock, call } = setUp()
  await call('serviceProviderMiniProgramPreEntrustSign', {
    sp_openid: 'oSP',
    sub_openid: 'oSUB',
    sp_appid: 'wxSP',
  })
  await mock.user.signs(key)
  expect(mock.contracts()).toMatchObject([
    { appid: 'wxSP', openid: 'oSP', sub_appid: 'wxd678efh567hg6787', sub_openid: 'oSUB' },
  ])
})

test('a direct merchant has no sub-merchant in the contract', async () => {
  const { mock, call } = setUp()
  await call('normalMiniProgramPreEntrustSign')
  await mock.user.signs(key)
  expect(Object.keys(mock.contracts()[0] ?? {}).filter((name) => name.startsWith('sub_'))).toEqual(
    [],
  )
})

test('a used code with another order is rejected, like a used code with other parameters', async () => {
  const { call } = setUp()
  await call('qsPayRedirectSignPreEntrustSign')
  await call('qsPayRedirectSignPreEntrustSign')
  await expect(call('qsPayRedirectSignPreEntrustSign', { prepay_id: 'wx2' })).rejects.toMatchObject(
    {
      code: 'INVALID_REQUEST',
    },
  )
})

test('the control API identifies a session without an id by service and code', async () => {
  const { mock, call, events } = setUp()
  await call('normalPayRedirectSignPreEntrustSign')
  const post = (path: string, body: object) =>
    respondToControl(mock, 'POST', path, new TextEncoder().encode(JSON.stringify(body)))
  expect(await post('/sign', key)).toMatchObject({ status: 200, body: { state: 'signed' } })
  expect(events).toHaveLength(1)
  expect(await post('/abandon', key)).toMatchObject({ status: 409, body: { code: 'CONFLICT' } })
  expect(await post('/sign', { ...key, out_contract_code: 'x' })).toMatchObject({
    status: 404,
    body: { code: 'NOT_FOUND' },
  })
  for (const body of [
    { service_id: 12535 },
    { ...key, pre_entrustweb_id: 'x' },
    { ...key, more: 1 },
  ])
    expect(await post('/sign', body)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    })
})
