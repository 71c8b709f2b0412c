import { expect, test } from 'vitest'
import { contractPath, preSignBody, preSignPath, send } from '../testing/by-hand.ts'
import { control, preSign, server, useServer } from '../testing/control-api.ts'
import { startReceiver } from '../testing/receiver.ts'

useServer()

test('sign responds after the first delivery; deliveries, contracts and requests list what happened', async () => {
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
    expect([status, json]).toEqual([
      200,
      { now: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/) },
    ])
    expect((await control('GET', '/deliveries')).json).toEqual([
      first,
      { ...first, status: 204, attempt: 2 },
    ])

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

test('sign and abandon respond with 404 for an unknown session, and 409 for a decided or expired one', async () => {
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
  // An advance moves only the mock's clock, so the next request, with real time, is still fresh.
  expect(await preSign('http://127.0.0.1:1/')).toMatch(/./)
})

test('a failed delivery has status null and only four fields; its notification has the error', async () => {
  for (const url of ['http://127.0.0.1:1/', 'https://192.0.2.1/notify']) {
    await control('POST', '/reset')
    await control('POST', '/sign', { pre_entrustweb_id: await preSign(url) })
    const notification_id = expect.stringMatching(/^EV-/)
    expect((await control('GET', '/deliveries')).json).toEqual([
      { notification_id, url, status: null, attempt: 1 },
    ])
    const [notification] = (await control('GET', '/notifications')).json
    expect(notification.error).toMatch(
      url.includes('192') ? /notify_url is not loopback/ : /ECONNREFUSED|bad port/,
    )
  }
  const receiver = await startReceiver([204])
  try {
    await control('POST', '/reset')
    await control('POST', '/sign', { pre_entrustweb_id: await preSign(receiver.url) })
    expect((await control('GET', '/notifications')).json[0]).not.toHaveProperty('error')
  } finally {
    await receiver.close()
  }
})

test('a session has its end in RFC 3339, two hours after it was opened', async () => {
  await control('POST', '/clock/freeze', { frozen: true })
  await preSign('http://127.0.0.1:1/')
  const [{ expires_at }] = (await control('GET', '/sessions')).json
  const { now } = (await control('GET', '/clock')).json
  expect(expires_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
  expect(Date.parse(expires_at) - Date.parse(now)).toBe(7_200_000)
})

test('terminate responds with the contract, then with 409; with 404 if there is no contract', async () => {
  const { service_id, out_contract_code } = preSignBody
  expect((await control('POST', '/terminate', { service_id, out_contract_code })).status).toBe(404)
  await control('POST', '/sign', { pre_entrustweb_id: await preSign('http://127.0.0.1:1/') })
  const { status, json } = await control('POST', '/terminate', { service_id, out_contract_code })
  expect([
    status,
    json.contract_state,
    json.contract_terminate_info.contract_termination_mode,
  ]).toEqual([200, 'TERMINATED', 'USER_TERMINATE'])
  expect((await control('POST', '/terminate', { service_id, out_contract_code })).status).toBe(409)
})

test('reset forgets everything except port and keys', async () => {
  await control('POST', '/sign', { pre_entrustweb_id: await preSign('http://127.0.0.1:1/') })
  expect(await control('POST', '/reset')).toEqual({ status: 200, json: {} })
  for (const path of ['/deliveries', '/contracts', '/requests'])
    expect((await control('GET', path)).json).toEqual([])
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
  ['a field where none is allowed', '/reset', { all: true }],
  ['a fraction for an integer', '/terminate', { service_id: 1.5, out_contract_code: 'x' }],
  ['more than ten years', '/clock', { advance_seconds: 1e9 }],
  ['an array', '/sign', []],
  ['an array where no field is allowed', '/reset', []],
  ['null', '/reset', 'null'],
  ['a text that is not UTF-8', '/sign', Buffer.from('{"pre_entrustweb_id":"\xff"}', 'latin1')],
  ['no JSON', '/sign', '{'],
]

test.each(wrong)('%s gets 400', async (_case, path, body) => {
  expect(await control('POST', path, body)).toEqual({
    status: 400,
    json: { code: 'INVALID_REQUEST', message: expect.any(String) },
  })
})

test('an unknown path gets 404, another method 405', async () => {
  for (const path of ['', '/', '/nothing', '/constructor'])
    expect((await control('POST', path, {})).status).toBe(404)
  expect(await control('GET', '/sign')).toMatchObject({
    status: 405,
    json: { code: 'METHOD_NOT_ALLOWED' },
  })
  expect((await control('POST', '/deliveries')).status).toBe(405)
})
