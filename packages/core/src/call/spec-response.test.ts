import { expect, test } from 'vitest'
import type { SpecOperation } from '../spec/spec.ts'
import { rejection, responding, type Seen, verified } from '../testing/handler.ts'
import { callOne } from '../testing/one-operation.ts'
import { orders } from '../testing/orders.ts'
import { createClient } from './client.ts'
import type { ClientEvent } from './events.ts'

function setUp(respond: (seen: Seen) => Response) {
  const events: ClientEvent[] = []
  const { fetch } = responding(respond)
  const client = createClient({ fetch, spec: orders, onEvent: (event) => events.push(event) })
  return { client, events }
}
const path = { out_trade_no: 'Order1' }
const query = { mchid: '1900000109' }
const empty = () => verified('', { headers: { 'content-type': 'text/plain' } })

test('a success without a schema has no data; a list is a list', async () => {
  const { client } = setUp(empty)
  expect((await client.operations.closeOrder({ path })).data).toBeUndefined()
  const lists = setUp(() => verified([path]))
  expect((await lists.client.operations.listBills()).data).toEqual([path])
  expect(await callOne({}, {}, () => verified([1]))).toMatchObject({ data: [1] })
})

test.each<[string, Partial<SpecOperation>, unknown, boolean]>([
  ['an object where a list is expected', { response: { type: 'array' } }, {}, false],
  ['a list where an object is expected', { response: { properties: {} } }, [], false],
  ['a list where a part is an object', { response: { allOf: [{ type: 'object' }] } }, [], false],
  ['an empty body where JSON is expected', { response: { type: 'object' } }, '', false],
  ['a list where both are possible', { response: { type: ['array', 'object'] } }, [], true],
  ['a text where any JSON is possible', { response: {} }, '"a"', true],
])('%s', async (_, operation, body, isAccepted) => {
  const result = callOne(operation, {}, () => verified(body))
  if (isAccepted) await expect(result).resolves.toHaveProperty('data')
  else expect(await rejection(result)).toMatchObject({ code: 'MALFORMED_RESPONSE' })
})

test('a 202 is a success only where the document says so', async () => {
  const accepted = () => verified({}, { status: 202 })
  expect(await rejection(callOne({}, {}, accepted))).toMatchObject({ code: 'ACCEPTED' })
  await expect(callOne({ status: 202 }, {}, accepted)).resolves.toMatchObject({ data: {} })
})

test('a verified response is compared with schema and request', async () => {
  const { client, events } = setUp(() => verified({ ...path, trade_state: 5 }))
  await client.operations.getOrder({ path, query })
  expect(events.filter(({ type }) => type === 'response:violation')).toMatchObject([
    { operation: 'getOrder', field: '/trade_state', code: 'wrong-type' },
  ])
  const other = setUp(() => verified({ out_trade_no: 'Order2' }))
  expect(await rejection(other.client.operations.getOrder({ path, query }))).toMatchObject({
    code: 'MISMATCHED_RESPONSE',
  })
})
