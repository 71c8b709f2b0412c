import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { SpecOperation } from '../spec/spec.ts'
import { rejection, responding, type Seen, unverified, verified } from '../testing/handler.ts'
import { type Calls, callOne, specOf } from '../testing/one-operation.ts'
import { orders } from '../testing/orders.ts'
import { createClient } from './client.ts'
import type { ClientEvent } from './events.ts'

function setUp(respond: (seen: Seen) => Response = () => verified({})) {
  const events: ClientEvent[] = []
  const { fetch, seen } = responding(respond)
  const client = createClient({ fetch, spec: orders, onEvent: (event) => events.push(event) })
  const sent = () => seen.map(({ method, url }) => `${method} ${url.replace(/^.*?(?=\/v3)/, '')}`)
  return { client, sent, seen, events }
}
const path = { out_trade_no: 'Order1' }
const query = { mchid: '1900000109' }
const empty = () => verified('', { headers: { 'content-type': 'text/plain' } })

test('an operation of a spec in every style, beside ours', async () => {
  const { client, sent } = setUp(() => verified(path))
  await client.operations.getOrder({ path, query })
  await client.v3.orders._out_trade_no_.get({ path, query })
  await client.chain('v3/orders/{out_trade_no}').getAsync({ path, query })
  await client['v3/orders/{out_trade_no}'].get({ path, query })
  expect(sent()).toEqual(Array.from({ length: 4 }, () => 'GET /v3/orders/Order1?mchid=1900000109'))
  expect(client.operations.getContractByCode).toBe(client.getContractByCode)
  expect(client).not.toHaveProperty('getOrder')
  expect(client.chain('v3/certificates').get).toBe(client['v3/certificates'].get)
})

test('a segment with the name of a method: the method has the steps below it', async () => {
  const { client, sent } = setUp(empty)
  await client.v3.receivers.delete()
  await client.v3.receivers.delete.post()
  await client.v3.receivers.deleteAsync()
  await client.chain('v3/receivers/delete').postAsync()
  expect(sent()).toEqual([
    'DELETE /v3/receivers',
    'POST /v3/receivers/delete',
    'DELETE /v3/receivers',
    'POST /v3/receivers/delete',
  ])
})

test('the same, if the path below comes first, and with names of every object', async () => {
  const paths = ['/v3/a/get', '/v3/a', '/v3/__proto__/name', '/v3/__proto__', '/v3/a/get/length']
  const operations = Object.fromEntries(
    paths.map((path, index) => [
      `op${index}`,
      { ...specOf({ method: 'GET', path }).operations.one, id: `op${index}` } as SpecOperation,
    ]),
  )
  const { fetch, seen } = responding(() => verified({}))
  const client = createClient({ fetch, spec: specOf({}, { operations }) })
  const step = client.v3 as unknown as { a: { get: Calls & (() => Promise<unknown>) } }
  await step.a.get()
  await step.a.get.get?.()
  const tree = client.v3 as unknown as Record<string, { name: Calls } & Calls>
  expect(Object.hasOwn(client.v3, '__proto__')).toBe(true)
  await Object.entries(tree)
    .find(([name]) => name === '__proto__')?.[1]
    .name.get?.()
  expect(seen.map(({ url }) => new URL(url).pathname)).toEqual([
    '/v3/a',
    '/v3/a/get',
    '/v3/__proto__/name',
  ])
  expect(({} as { name?: unknown }).name).toBeUndefined()
})

test('a wrong path of chain names the nearest routes, not all', () => {
  const { client } = setUp()
  const wrong = (route: string) => () => client.chain(route as 'v3/orders')
  expect(wrong('v3/orders/{outTradeNo}/close')).toThrow(
    'chain: the spec has no path "v3/orders/{outTradeNo}/close". Did you mean \'v3/orders/{out_trade_no}/close\'? Any other path: client.request(method, path, init)',
  )
  expect(wrong('/v3/order')).toThrow("Did you mean 'v3/orders'?")
  expect(wrong('v3/certificate')).toThrow("Did you mean 'v3/certificates'?")
  expect(wrong('v3/password-exempt-contract')).not.toThrow('Did you mean')
  expect(wrong('x'.repeat(1e5))).toThrow(/^.{0,400}$/)
  expect(() => client.chain(undefined as never)).toThrow('has no path "undefined"')
})

test('arguments are checked: required query parameters, arrays, and an optional body', async () => {
  const { client, seen, sent } = setUp(({ method }) =>
    method === 'GET' ? verified(path) : empty(),
  )
  const get = (query: object) => client.operations.getOrder({ path, query: query as never })
  for (const missing of [{}, { mchid: undefined }, undefined as never, null as never])
    expect(await rejection(get(missing))).toMatchObject({ name: 'RequestError', location: 'query' })
  expect(await rejection(get({}))).toMatchObject({ code: 'missing-field', field: 'mchid' })
  expect(await rejection(get({ ...query, tag: 'x' }))).toMatchObject({ code: 'wrong-type' })
  expect(await rejection(get({ ...query, tag: [{}] }))).toMatchObject({ code: 'wrong-type' })
  expect(await rejection(get({ ...query, tags: ['x'] }))).toMatchObject({ code: 'unknown-field' })
  await get({ ...query, tag: ['a', 'b&c'] })
  await get({ ...query, tag: [] })
  await client.operations.closeOrder({ path })
  await client.operations.closeOrder({ path, json: query })
  expect(sent()).toEqual([
    'GET /v3/orders/Order1?mchid=1900000109&tag=a&tag=b%26c',
    'GET /v3/orders/Order1?mchid=1900000109',
    'POST /v3/orders/Order1/close',
    'POST /v3/orders/Order1/close',
  ])
  expect(seen.at(-1)?.body).toHaveLength(22)
  expect(seen.at(-2)?.body).toHaveLength(0)
})

test('an array query that is required must have an item; an object as a query is rejected by name', async () => {
  const request = { query: { ids: { type: 'array' } }, requiredQuery: ['ids'] }
  const given = (ids: unknown) => rejection(callOne({ method: 'GET', request }, { query: { ids } }))
  expect(await given([])).toMatchObject({ code: 'missing-field', field: 'ids' })
  expect(await given([null])).toMatchObject({ code: 'wrong-type', field: 'ids' })
  const open = { query: { filter: { type: 'object' } } }
  expect(
    await rejection(callOne({ method: 'GET', request: open }, { query: { filter: {} } })),
  ).toMatchObject({ code: 'wrong-type', field: 'filter', location: 'query' })
})

test('a GET has no body, whatever the document says', async () => {
  const request = { json: { type: 'object' } }
  await expect(callOne({ method: 'GET', request }, {})).resolves.toMatchObject({ data: {} })
  expect(await rejection(callOne({ method: 'GET', request }, { json: {} }))).toMatchObject({
    code: 'unknown-member',
    field: 'json',
  })
})

test('C15 the advice after an unknown outcome is that of the operation, else a general one', async () => {
  const failing = () => unverified('', { status: 502 })
  const { client } = setUp(failing)
  const json = { out_trade_no: 'a', payer: 'b' }
  expect(await rejection(client.operations.createOrder({ json }))).toMatchObject({
    outcome: 'unknown',
    message: expect.stringContaining('Query the order by out_trade_no first.'),
    remedy: { zh: expect.stringContaining('请先查询订单。') },
  })
  const general = String(await rejection(client.operations.closeOrder({ path })))
  expect(general).toContain('Query what it was to change before you decide.')
  const safe = String(await rejection(client.operations.deleteReceiver({}, { maxAttempts: 1 })))
  expect(safe).toContain('Repeat it with the same parameters.')
  for (const text of [general, safe]) expect(text).not.toMatch(/contract|service_id|协议/)
})

test('the retry class of the document decides', async () => {
  const { client, sent } = setUp(() => unverified('', { status: 503 }))
  await rejection(client.operations.closeOrder({ path }))
  await rejection(client.operations.deleteReceiver({}, { maxAttempts: 2 }))
  expect(sent()).toEqual([
    'POST /v3/orders/Order1/close',
    'POST /v3/receivers/delete',
    'POST /v3/receivers/delete',
  ])
})

test('without an error table, that of the APIv3 rules; with one, the remedy of the document', async () => {
  const rejected =
    (code: string, status: number, message = '已签约') =>
    () =>
      verified({ code, message }, { status })
  const general = (await rejection(callOne({}, {}, rejected('INVALID_REQUEST', 400)))) as Error
  expect(general.message).toContain('Compare the request with the APIv3 rules')
  expect(general.message).not.toContain('out_contract_code')
  expect(await rejection(callOne({}, {}, rejected('NO_AUTH', 404)))).toMatchObject({
    outcome: 'unknown',
    notFound: false,
  })
  expect(await rejection(callOne({}, {}, rejected('ORDER_NOT_EXIST', 404)))).toMatchObject({
    outcome: 'failed',
    notFound: true,
  })
  const row = { status: 400, code: 'ORDER_CLOSED', zh: '', remedyZh: '请换单', remedyEn: 'New one' }
  expect(
    await rejection(callOne({ errors: [row] }, {}, rejected('ORDER_CLOSED', 400))),
  ).toMatchObject({ remedy: { en: 'New one.', zh: '请换单。' } })
})

test('a personal field of the spec is masked in the text of the server, and never shown', async () => {
  const message = 'payer oCanary is unknown'
  const { client } = setUp(() =>
    unverified(JSON.stringify({ code: 'X', message }), { status: 400 }),
  )
  const json = { out_trade_no: 'a', payer: 'oCanary' }
  const error = await rejection(client.operations.createOrder({ json }))
  expect(inspect(error, { depth: null })).not.toContain('oCanary')
  const own = { ...json, appid: 'oCanary' }
  expect(String(await rejection(client.operations.createOrder({ json: own })))).not.toContain(
    'oCanary',
  )
})

test('an operation with the method and path of ours is left to ours, whatever its parameter names', async () => {
  const path =
    '/v3/password-exempt-contract/contracts/service-id/{id}/out-contract-code/{code}' as const
  const { fetch } = responding(() => verified({}))
  const client = createClient({ fetch, spec: specOf({ method: 'GET', path }) })
  expect(client.operations).not.toHaveProperty('one')
  expect(() => client.chain(path.slice(1) as never)).toThrow('has no path')
  const both = createClient({ fetch, spec: specOf({ method: 'DELETE', path }) })
  expect(both.operations).toHaveProperty('one')
})

test('two paths that differ only in parameter names are both there', async () => {
  const one = specOf({ method: 'GET', path: '/v3/x/{a}' }).operations.one as SpecOperation
  const operations = { one, two: { ...one, id: 'two', path: '/v3/x/{b}' } }
  const { fetch, seen } = responding(() => verified({}))
  const { operations: calls } = createClient({ fetch, spec: specOf({}, { operations }) })
  await (calls as unknown as Calls).one?.({ path: { a: 1 } })
  await (calls as unknown as Calls).two?.({ path: { b: 2 } })
  expect(seen.map(({ url }) => new URL(url).pathname)).toEqual(['/v3/x/1', '/v3/x/2'])
})
