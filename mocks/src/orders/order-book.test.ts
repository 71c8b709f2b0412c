import { operationExamples } from '@wechatpay-entrust/core/spec'
import { expect, test } from 'vitest'
import { createMock } from '../index.ts'

import { ask } from '../testing/by-hand.ts'

const target = '/v3/pay/transactions/jsapi-with-contract'
const direct = operationExamples.normalJsapiWithContract.args.json
const place = async (mock = createMock(), body: object = direct, path = target) =>
  ask(mock, { method: 'POST', target: path, body: JSON.stringify(body) })

test('an order gives a prepay_id, and the same order the same one', async () => {
  const mock = createMock()
  const { status, json } = await place(mock)
  expect([status, json.prepay_id]).toEqual([200, expect.stringMatching(/^wx[0-9a-f]{34}$/)])
  expect((await place(mock)).json).toEqual(json)
  const { json: other } = await place(mock, { ...direct, out_trade_no: 'ORDER-2' })
  expect(other.prepay_id).not.toBe(json.prepay_id)
  mock.reset()
  expect((await place(mock)).json.prepay_id).not.toBe(json.prepay_id)
})

test('an out_trade_no with other parameters is rejected: INVALID_REQUEST', async () => {
  const mock = createMock()
  await place(mock)
  const { status, json } = await place(mock, { ...direct, amount: { total: 200 } })
  expect([status, json.code]).toEqual([400, 'INVALID_REQUEST'])
})

test.each([
  ['mchid', target, { ...direct, mchid: '1900009999' }],
  [
    'sp_mchid',
    '/v3/pay/partner/transactions/jsapi-with-contract',
    { ...operationExamples.partnerJsapiWithContract.args.json, sp_mchid: '1900009999' },
  ],
])('an order in the name of another %s is rejected: PARAM_ERROR', async (field, path, body) => {
  const { status, json } = await place(createMock(), body, path)
  expect([status, json.code, json.detail.field]).toEqual([400, 'PARAM_ERROR', `/${field}`])
})
