import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MockServer, startMockServer } from './node.ts'
import { contractPath, preSignBody, preSignPath, send } from './testing/by-hand.ts'
import { startReceiver } from './testing/receiver.ts'

let server: MockServer
beforeEach(async () => {
  server = await startMockServer()
})
afterEach(() => server.close())

async function control(method: string, path: string, body?: unknown) {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const raw = (isRaw ? body : JSON.stringify(body)) as string | Uint8Array<ArrayBuffer> | undefined
  const init = { method, ...(raw === undefined ? {} : { body: raw }) }
  const response = await fetch(`${server.controlUrl}${path}`, init)
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any member of it
  return { status: response.status, json: (await response.json()) as any }
}

async function preSign(notify_url: string): Promise<string> {
  const { json } = await send(server.baseUrl, {
    method: 'POST',
    target: preSignPath,
    body: JSON.stringify({ ...preSignBody, notify_url }),
  })
  return json.pre_entrustweb_id
}

test('sign answers after the first delivery, and deliveries, contracts and requests tell what happened', async () => {
  const receiver = await startReceiver([500, 204])
  try {
    const pre_entrustweb_id = await preSign(receiver.url)
    const out_contract_code = preSignBody.out_contract_code
    expect(await control('POST', '/sign', { pre_entrustweb_id })).toEqual({
      status: 200,
      json: { pre_entrustweb_id, out_contract_code, state: 'signed' },
    })
    expect(receiver.received).toHaveLength(1)
    const { notification_id } = (await control('GET', '/deliveries')).json[0]
    const first = { notification_id, url: receiver.url, status: 500, attempt: 1 }
    expect((await control('GET', '/deliveries')).json).toEqual([first])

    const { status, json } = await control('POST', '/clock', { advance_seconds: 15 })
    expect([status, json]).toEqual([200, { now: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/) }])
    expect((await control('GET', '/deliveries')).json).toEqual([first, { ...first, status: 204, attempt: 2 }])

    const queried = await send(server.baseUrl, { target: contractPath })
    expect((await control('GET', '/contracts')).json).toEqual([queried.json])
    expect((await control('GET', '/requests')).json).toEqual([
      { method: 'POST', path: preSignPath, status: 200, verified: true, reason: null },
      { method: 'GET', path: contractPath, status: 200, verified: true, reason: null },
    ])
  } finally {
    await receiver.close()
  }
})

test('sign and abandon answer 404 for an unknown session and 409 for one that is decided or expired', async () => {
  for (const path of ['/sign', '/abandon']) {
    expect(await control('POST', path, { pre_entrustweb_id: 'x' })).toEqual({
      status: 404,
      json: { code: 'NOT_FOUND', message: expect.any(String) },
    })
  }
  const pre_entrustweb_id = await preSign('http://127.0.0.1:1/')
  expect((await control('POST', '/abandon', { pre_entrustweb_id })).json).toEqual({
    pre_entrustweb_id,
    out_contract_code: preSignBody.out_contract_code,
    state: 'abandoned',
  })
  expect(await control('POST', '/sign', { pre_entrustweb_id })).toEqual({
    status: 409,
    json: { code: 'CONFLICT', message: expect.any(String) },
  })

  const second = await preSign('http://127.0.0.1:1/')
  await control('POST', '/clock', { advance_seconds: 7200 })
  expect((await control('POST', '/sign', { pre_entrustweb_id: second })).status).toBe(409)
  // Advancing moves no clock but the mock's: the next request, timed by the real one, is fresh.
  expect(await preSign('http://127.0.0.1:1/')).toMatch(/./)
})

test('a delivery that failed has status null and no more than its four fields', async () => {
  await control('POST', '/sign', { pre_entrustweb_id: await preSign('http://127.0.0.1:1/') })
  const notification_id = expect.stringMatching(/^EV-/)
  expect((await control('GET', '/deliveries')).json).toEqual([
    { notification_id, url: 'http://127.0.0.1:1/', status: null, attempt: 1 },
  ])
})

test('terminate answers the contract, then 409, and 404 for one that is not there', async () => {
  const { service_id, out_contract_code } = preSignBody
  expect((await control('POST', '/terminate', { service_id, out_contract_code })).status).toBe(404)
  await control('POST', '/sign', { pre_entrustweb_id: await preSign('http://127.0.0.1:1/') })
  const { status, json } = await control('POST', '/terminate', { service_id, out_contract_code })
  expect([status, json.contract_state, json.contract_terminate_info.contract_termination_mode]).toEqual([
    200,
    'TERMINATED',
    'USER_TERMINATE',
  ])
  expect((await control('POST', '/terminate', { service_id, out_contract_code })).status).toBe(409)
})

test('reset forgets all, and keeps port and keys', async () => {
  await control('POST', '/sign', { pre_entrustweb_id: await preSign('http://127.0.0.1:1/') })
  expect(await control('POST', '/reset')).toEqual({ status: 200, json: {} })
  for (const path of ['/deliveries', '/contracts', '/requests']) expect((await control('GET', path)).json).toEqual([])
  expect(await preSign('http://127.0.0.1:1/')).toMatch(/./)
})

const wrong: [string, string, unknown][] = [
  ['an unknown field', '/sign', { pre_entrustweb_id: 'x', more: 1 }],
  ['a missing field', '/sign', {}],
  ['an empty id', '/abandon', { pre_entrustweb_id: '' }],
  ['a number for a text', '/sign', { pre_entrustweb_id: 1 }],
  ['a text for an integer', '/terminate', { service_id: '12535', out_contract_code: 'x' }],
  ['seconds below zero', '/clock', { advance_seconds: -1 }],
  ['seconds in quotes', '/clock', { advance_seconds: '1' }],
  ['a field where none belongs', '/reset', { all: true }],
  ['a fraction for an integer', '/terminate', { service_id: 1.5, out_contract_code: 'x' }],
  ['more than ten years', '/clock', { advance_seconds: 1e9 }],
  ['an array', '/sign', []],
  ['an array where no field belongs', '/reset', []],
  ['null', '/reset', 'null'],
  ['a text that is not UTF-8', '/sign', Buffer.from('{"pre_entrustweb_id":"\xff"}', 'latin1')],
  ['no JSON', '/sign', '{'],
]

test.each(wrong)('%s is answered 400', async (_case, path, body) => {
  expect(await control('POST', path, body)).toEqual({
    status: 400,
    json: { code: 'INVALID_REQUEST', message: expect.any(String) },
  })
})

test('an unknown path is answered 404, another method 405', async () => {
  for (const path of ['', '/', '/nothing', '/constructor']) expect((await control('POST', path, {})).status).toBe(404)
  expect(await control('GET', '/sign')).toMatchObject({ status: 405, json: { code: 'METHOD_NOT_ALLOWED' } })
  expect((await control('POST', '/deliveries')).status).toBe(405)
})
