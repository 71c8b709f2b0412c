import { checkSchema } from '@wechatpay-entrust/core'
import { expect, test } from 'vitest'
import { startMockServer } from '../entries/node.ts'
import { createMock } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'
import { ordersSpec } from '../testing/orders-spec.ts'

const now = 1_800_000_000_000
const create = () => createMock({ spec: ordersSpec, clock: () => now })

test('operations lists ours and those of the spec', () => {
  const all = create().operations()
  expect(all).toContainEqual({ id: 'getCertificates', method: 'GET', path: '/v3/certificates' })
  expect(all.slice(-1)).toEqual([{ id: 'listOrders', method: 'GET', path: '/v3/orders/all' }])
})

test('sample returns valid arguments and the data of the response', () => {
  const mock = create()
  expect(mock.sample('createOrder')).toEqual({
    args: {
      json: {
        out_trade_no: 'ORDER-0001',
        notify_url: 'https://www.example.com/notify',
        amount: { total: 100 },
      },
    },
    data: {
      mchid: mockKeys.mchid,
      sp_mchid: mockKeys.mchid,
      out_trade_no: 'ORDER-0001',
      prepay_id: 'textxxxx',
      amount: { total: 100, payer_total: 800 },
      create_time: '2027-01-15T16:00:00+08:00',
    },
  })
  expect(mock.sample('listOrders').args).toEqual({ query: { limit: 1 } })
  expect(mock.sample('closeOrder')).toEqual({
    args: { path: { out_trade_no: 'text' }, json: { mchid: '1230000109' } },
    data: undefined,
  })
  expect(mock.sample('getOrderByNumber').args).toEqual({ path: { number: 1 } })
})

test('the sample of our own operation is the example of its page', () => {
  const { args, data } = create().sample('qsMiniProgramPreEntrustSign')
  expect(args.json).toMatchObject({ service_id: 12535 })
  expect(data).toMatchObject({ mchid: mockKeys.mchid, service_id: 12535 })
})

test('a sample that the test changes does not change the next', () => {
  const mock = create()
  const { args } = mock.sample('createOrder')
  ;(args.json as { amount: { total: number } }).amount.total = 0
  const schema = ordersSpec.schemas.Order ?? {}
  const definitions = ordersSpec.schemas
  expect(checkSchema(schema, mock.sample('createOrder').args.json, { definitions })).toEqual([])
})

test('an unknown id is rejected with the nearest', () => {
  expect(() => create().sample('creatOrder')).toThrow(
    'operation: found "creatOrder"; expected the id of an operation of this mock; the nearest is createOrder. Correct the value, or leave it out if it is optional.',
  )
})

test('the control API has the operations, and the sample of one', async () => {
  const id = 'get.order $id'
  const operation = { id, method: 'GET', path: '/v3/o', retry: 'safe', status: 204 } as const
  const server = await startMockServer({ spec: { ...ordersSpec, operations: { [id]: operation } } })
  try {
    const get = async (path: string) => {
      const response = await fetch(`${server.controlUrl}/operations${path}`)
      return [response.status, await response.json()]
    }
    expect(await get('')).toEqual([200, server.mock.operations()])
    expect(await get('/getCertificates')).toMatchObject([
      200,
      { id: 'getCertificates', method: 'GET', args: {}, data: { data: [{}] } },
    ])
    expect(await get(`/${encodeURIComponent(id)}`)).toEqual([
      200,
      { id, method: 'GET', path: '/v3/o', args: {} },
    ])
    expect(await get('/nope')).toMatchObject([404, { code: 'NOT_FOUND' }])
    expect(await get('/%')).toMatchObject([404, { code: 'NOT_FOUND' }])
  } finally {
    await server.close()
  }
})
