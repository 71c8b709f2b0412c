import type { Spec } from '@wechatpay-entrust/core'
import { ownSpec } from '@wechatpay-entrust/core/spec'
import { expect, test } from 'vitest'
import { createMock, type MockOptions } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'
import { ask, type HandRequest, isSignedBy } from '../testing/by-hand.ts'
import { order, ordersSpec } from '../testing/orders-spec.ts'

const create = (options: MockOptions = {}) => createMock({ spec: ordersSpec, ...options })
const post = (target: string, body?: unknown): HandRequest => ({
  method: 'POST',
  target,
  ...(body !== undefined && { body: JSON.stringify(body) }),
})
const { certificate, serialNumber } = mockKeys.platform

test('an operation of a spec is verified, checked and answered with a signed example', async () => {
  const now = Date.UTC(2027, 0, 15, 8)
  const mock = create({ clock: () => now })
  const { status, headers, body, json } = await ask(mock, {
    ...post('/v3/orders', order),
    timestamp: now / 1000,
  })
  expect(status).toBe(200)
  expect(isSignedBy(certificate, serialNumber, headers, body)).toBe(true)
  expect(json).toEqual({
    mchid: mockKeys.mchid,
    sp_mchid: mockKeys.mchid,
    out_trade_no: 'ORDER-7',
    prepay_id: 'textxxxx',
    // 原样返回: what the request has, beside what only the response has.
    amount: { total: 7, payer_total: 800 },
    create_time: '2027-01-15T16:00:00+08:00',
    attach: 'gift',
  })
  expect(mock.requests()).toMatchObject([
    { operation: 'createOrder', status: 200, verified: true, reason: null },
  ])
})

test('the times of an example follow the clock of the mock', async () => {
  const timestamp = 1_800_000_000
  const mock = create({ clock: () => timestamp * 1000 })
  await mock.clock.advance(60)
  const { json } = await ask(mock, { ...post('/v3/orders', order), timestamp })
  expect(json.create_time).toBe('2027-01-15T16:01:00+08:00')
})

test('a success without a body is a 204, signed over no body', async () => {
  const { status, headers, body } = await ask(create(), post('/v3/orders/A1/close'))
  expect([status, body.length, headers.has('content-type')]).toEqual([204, 0, false])
  expect(isSignedBy(certificate, serialNumber, headers, body)).toBe(true)
})

test('a 204 with a schema is sent and signed without a body: HTTP allows none', async () => {
  const { closeOrder } = ordersSpec.operations
  const closed = { ...closeOrder, response: { type: 'object', example: { state: 'CLOSED' } } }
  const mock = create({ spec: { ...ordersSpec, operations: { closeOrder: closed as never } } })
  const { status, headers, body } = await ask(mock, post('/v3/orders/A1/close'))
  expect([status, body.length]).toEqual([204, 0])
  expect(isSignedBy(certificate, serialNumber, headers, body)).toBe(true)
})

const wrong: [string, HandRequest, string, string][] = [
  ['a missing field', post('/v3/orders', { ...order, amount: {} }), '/amount/total', 'body'],
  [
    'a value out of range',
    post('/v3/orders', { ...order, amount: { total: 0 } }),
    '/amount/total',
    'body',
  ],
  ['no body', post('/v3/orders'), '', 'body'],
  ['a wrong optional body', post('/v3/orders/A1/close', {}), '/mchid', 'body'],
  ['a missing query parameter', { target: '/v3/orders/all' }, 'limit', 'query'],
  ['a wrong number in the query', { target: '/v3/orders/all?limit=1e2' }, 'limit', 'query'],
  [
    'an unknown item of a list',
    { target: '/v3/orders/all?limit=1&states=SUCCESS&states=X' },
    'states',
    'query',
  ],
  ['no boolean', { target: '/v3/orders/all?limit=1&is_paid=yes' }, 'is_paid', 'query'],
  ['no number', { target: '/v3/orders/all?limit=1&rate=0x1' }, 'rate', 'query'],
  ['a long path parameter', post(`/v3/orders/${'x'.repeat(33)}/close`), 'out_trade_no', 'url'],
]

test.each(wrong)('%s gets PARAM_ERROR', async (_case, request, field, location) => {
  const mock = create()
  const { status, json } = await ask(mock, request)
  expect([status, json.code, json.detail.field, json.detail.location]).toEqual([
    ...[400, 'PARAM_ERROR', field, location],
  ])
  expect(mock.request(1)?.verification.steps.find(({ result }) => result === 'failed')?.name).toBe(
    'fields',
  )
})

test('numbers, booleans and repeated names in the query are read as their types', async () => {
  const target = '/v3/orders/all?limit=20&states=SUCCESS&states=CLOSED&is_paid=true&rate=0.5&more=1'
  const { status, json } = await ask(create(), { target })
  expect([status, json]).toEqual([
    200,
    [
      {
        out_trade_no: 'ORDER-0001',
        notify_url: 'https://www.example.com/notify',
        amount: { total: 100 },
      },
    ],
  ])
})

test('the first path whose parameters fit is used, and static segments come before parameters', async () => {
  const mock = create()
  const targets = ['/v3/orders/12', '/v3/orders/A-12', '/v3/orders/0', '/v3/orders/all?limit=1']
  for (const target of targets) await ask(mock, { target })
  expect(mock.requests().map(({ operation }) => operation)).toEqual([
    ...['getOrderByNumber', 'getOrder', 'getOrder', 'listOrders'],
  ])
  const { json } = await ask(mock, { target: '/v3/orders/A%2F%E5%8D%95' })
  expect(json).toEqual({ out_trade_no: 'A/单', trade_state: 'SUCCESS' })
})

test('another method or another number of segments is an unknown path', async () => {
  for (const [method, target] of [
    ['DELETE', '/v3/orders'],
    ['GET', '/v3/orders/A1/close'],
    ['POST', '/v3/orders/'],
    ['POST', '/V3/orders'],
  ] as const)
    expect((await ask(create(), { method, target })).status).toBe(404)
})

test('the example of the document is the response, and that of its arguments is valid', async () => {
  const examples = { getOrder: { data: { out_trade_no: 'X', trade_state: 'CLOSED', more: 1 } } }
  const { json } = await ask(create({ spec: { ...ordersSpec, examples } }), {
    target: '/v3/orders/A1',
  })
  expect(json).toEqual({ out_trade_no: 'A1', trade_state: 'CLOSED', more: 1 })
})

test('faults, permissions and the rate limit work for operations of a spec', async () => {
  const mock = create()
  const status = async (request: HandRequest) => (await ask(mock, request)).status
  mock.faults.add({ operation: 'createOrder', name: '500', times: 1 })
  expect(await status(post('/v3/orders', order))).toBe(500)
  expect(await status({ target: '/v3/orders/A1' })).toBe(200)
  mock.platform.forbid('createOrder')
  expect(await status(post('/v3/orders', order))).toBe(403)
  mock.platform.permit('createOrder')
  mock.platform.limitRate({ requests: 1, seconds: 60 })
  expect(await status(post('/v3/orders', order))).toBe(200)
  expect(await status(post('/v3/orders', order))).toBe(429)
  for (const add of [
    () => mock.faults.add({ operation: 'createOrders', name: '500' }),
    () => mock.platform.forbid('createOrders'),
  ])
    expect(add).toThrow(
      /operation: found "createOrders"; expected the id of an operation of this mock, or \*; the nearest is createOrder\./,
    )
})

test('our own operation is played where a document has one with the same method and path', async () => {
  const path = '/v3/certificates'
  const operation = { id: 'theirs', method: 'GET', path, retry: 'safe', status: 204 } as const
  const mock = create({ spec: { ...ordersSpec, operations: { theirs: operation } } })
  const { status, json } = await ask(mock, { target: path })
  expect([status, json.data.length]).toEqual([200, 1])
  expect(() => mock.platform.forbid('theirs')).toThrow(/the id of an operation/)
})

test('several specs are played', async () => {
  const { createOrder, ...others } = ordersSpec.operations
  const mock = create({
    spec: [
      { ...ordersSpec, operations: others },
      { ...ordersSpec, operations: { createOrder: createOrder as never } },
    ],
  })
  expect((await ask(mock, { target: '/v3/orders/A1' })).status).toBe(200)
  expect((await ask(mock, post('/v3/orders', order))).status).toBe(200)
})

test.each<[unknown, string, string]>([
  [{ openapi: '3.1.0', paths: {} }, 'openapi-document', 'spec'],
  ['openapi.yaml', 'openapi-document', 'spec'],
  [{ ...ordersSpec, specVersion: 2 }, 'unsupported-spec-version', 'spec'],
  [{}, 'malformed-spec', 'spec'],
  [null, 'malformed-spec', 'spec'],
  [[ordersSpec, ordersSpec], 'duplicate-operation', 'spec[1].operations.createOrder'],
  [[ordersSpec, { ...ordersSpec, operations: 1 }], 'malformed-spec', 'spec[1].operations'],
])('what is no spec is rejected like by the client: %#', (spec, code, slot) => {
  const remedy = { en: expect.stringMatching(/codegen/), zh: expect.stringMatching(/codegen/) }
  expect(() => createMock({ spec: spec as Spec })).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', code, slot, remedy }),
  )
})

test('the ids of our own operations are accepted', () => {
  const mock = createMock()
  for (const id of Object.keys(ownSpec.operations)) mock.platform.forbid(id)
  expect(mock.platform.state().forbidden).toEqual(Object.keys(ownSpec.operations))
})
