import { createMock } from '@wechatpay-entrust/mock'
import { expect, test } from 'vitest'
import { orders } from '../../core/src/testing/orders.ts'
import { createWeChatPay, type Spec, type WeChatPayOptions } from './index.ts'

const { merchant } = createMock()

function setUp(options: Partial<WeChatPayOptions> = {}) {
  const sent: Request[] = []
  const wechatpay = createWeChatPay({
    ...merchant,
    ...options,
    spec: orders,
    onEvent: () => {},
    async fetch(input, init) {
      sent.push(new Request(input, init))
      return new Response(null, { status: 204 })
    },
  })
  return { wechatpay, sent }
}

test('an operation of a spec is signed, and its response must be verified', async () => {
  const { wechatpay, sent } = setUp()
  const close = wechatpay.v3.orders._out_trade_no_.close.post({ path: { out_trade_no: 'Order1' } })
  await expect(close).rejects.toMatchObject({ name: 'SignatureError', operation: 'closeOrder' })
  expect(sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    'POST /v3/orders/Order1/close',
  ])
  expect(sent[0]?.headers.get('authorization')).toMatch(/^WECHATPAY2-SHA256-RSA2048 mchid="/)
})

test('the operations of ours and of the spec are in one place', () => {
  const { wechatpay } = setUp()
  expect(Object.keys(wechatpay.operations)).toEqual(
    expect.arrayContaining(['getContractByCode', 'getOrder']),
  )
  expect(wechatpay.operations.getContractByCode).toBe(wechatpay.getContractByCode)
  expect(wechatpay.notifications.spec).toBe(orders)
})

test.each<[string, string, unknown]>([
  ['openapi-document', 'spec', { openapi: '3.1.0', info: {}, paths: {} }],
  ['openapi-document', 'spec[1]', [orders, './openapi.yaml']],
  ['unsupported-spec-version', 'spec', { ...orders, specVersion: 9 }],
  ['malformed-spec', 'spec', 5],
  ['malformed-spec', 'spec.operations.a.id', { ...orders, operations: { a: {} } }],
  ['duplicate-operation', 'spec[1].operations.createOrder', [orders, orders]],
])('%s at %s is a ConfigurationError before a key is read', (code, slot, spec) => {
  const given = { ...merchant, privateKey: 'no key', spec: spec as Spec }
  expect(() => createWeChatPay(given)).toThrow(
    expect.objectContaining({
      ...{ name: 'ConfigurationError', code, slot },
      message: expect.stringContaining('codegen'),
      remedy: { en: expect.stringMatching(/\.$/), zh: expect.stringMatching(/。$/) },
    }),
  )
})

test('a mistyped webhook in eventTypes is rejected by name', () => {
  const given = { ...merchant, spec: orders }
  createWeChatPay({ ...given, eventTypes: { refunded: ['REFUND.SUCCESS'], signed: ['A'] } })
  expect(() => createWeChatPay({ ...given, eventTypes: { refund: ['REFUND.SUCCESS'] } })).toThrow(
    expect.objectContaining({
      ...{ code: 'unknown-option', slot: 'eventTypes.refund' },
      message: expect.stringContaining('expected refunded'),
    }),
  )
  expect(() => createWeChatPay({ ...merchant, eventTypes: { refunded: [] } })).toThrow(
    'eventTypes.refunded',
  )
})
