import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MockServer, startMockServer } from '../entries/node.ts'
import { mockKeys } from '../platform/keys.ts'
import { contractPath, preSignBody, preSignPath, send } from '../testing/by-hand.ts'
import { startReceiver } from '../testing/receiver.ts'

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

test('/fail makes a signing fail, and the sessions show it', async () => {
  const pre_entrustweb_id = await preSign('http://127.0.0.1:1/')
  expect((await control('POST', '/fail', { pre_entrustweb_id })).json.state).toBe('failed')
  expect((await control('GET', '/sessions')).json).toMatchObject([
    { pre_entrustweb_id, state: 'failed' },
  ])
  expect((await control('GET', '/deliveries')).json).toEqual([])
})

test('notifications can be held, released, repeated, and sent as probes or stale', async () => {
  const receiver = await startReceiver([204])
  try {
    expect((await control('POST', '/notifications/hold')).status).toBe(200)
    await control('POST', '/sign', { pre_entrustweb_id: await preSign(receiver.url) })
    const { notification_id, ...notification } = (await control('GET', '/notifications')).json[0]
    expect([
      notification.held,
      notification.resource.contract_state,
      receiver.received.length,
    ]).toEqual([true, 'SIGNED', 0])
    const about = { notification_id, url: receiver.url, status: 204 }
    expect((await control('POST', '/notifications/release', { order: 'reversed' })).json).toEqual([
      { ...about, attempt: 1 },
    ])
    expect((await control('POST', '/notifications/repeat', { notification_id })).json).toEqual({
      ...about,
      attempt: 2,
    })
    await control('POST', '/notifications/probe', { notification_id })
    await control('POST', '/notifications/stale', { notification_id, age_seconds: 400 })
    const [, , probe, stale] = receiver.received.map(({ headers }) => headers)
    expect(probe?.get('Wechatpay-Signature')).toMatch(/^WECHATPAY\/SIGNTEST\//)
    expect(
      Number(probe?.get('Wechatpay-Timestamp')) - Number(stale?.get('Wechatpay-Timestamp')),
    ).toBeGreaterThan(390)
    expect(
      (await control('POST', '/notifications/repeat', { notification_id: 'EV-none' })).status,
    ).toBe(404)
    expect((await control('POST', '/notifications/release', { order: 'any' })).status).toBe(400)
    expect((await control('POST', '/notifications/release')).json).toHaveLength(4)
    expect((await control('POST', '/notifications/release', { orders: 'reversed' })).status).toBe(
      400,
    )
  } finally {
    await receiver.close()
  }
})

test('each command to the platform responds with the new state', async () => {
  const { platform, nextPlatform, publicKey } = mockKeys
  const [first, next] = [platform.serialNumber, nextPlatform.serialNumber]
  const command = (name: string, body?: object) => control('POST', `/platform/${name}`, body)
  const start = {
    default_key: first,
    certificates: [first],
    notification_key: null,
    forbidden: [],
    rate_limit: null,
  }
  expect((await control('GET', '/platform')).json).toEqual(start)
  expect((await command('publish-certificate')).json).toEqual({
    ...start,
    certificates: [first, next],
  })
  expect((await command('rotate-certificate')).json).toMatchObject({ default_key: next })
  expect((await command('rotate-certificate')).status).toBe(409)
  expect((await command('retire-certificate')).json).toMatchObject({ certificates: [next] })
  expect((await command('notification-key', { notification_key: 0.1 })).json).toMatchObject({
    notification_key: 0.1,
  })
  expect((await command('notification-key', { notification_key: null })).json).toMatchObject({
    notification_key: null,
  })
  expect((await command('notification-key', { notification_key: 2 })).status).toBe(400)
  expect((await command('forbid', { operation: 'getCertificates' })).json.forbidden).toEqual([
    'getCertificates',
  ])
  expect((await command('forbid', { operation: 'nope' })).status).toBe(400)
  expect((await command('permit', { operation: 'getCertificates' })).json.forbidden).toEqual([])
  const limit = { requests: 0, seconds: 1 }
  expect((await command('rate-limit', limit)).json).toMatchObject({ rate_limit: limit })
  expect((await send(server.baseUrl, { target: '/v3/certificates' })).status).toBe(429)
  expect((await command('use-public-key-only')).json).toMatchObject({
    default_key: publicKey.id,
    certificates: [],
  })
  await control('POST', '/reset')
  expect((await control('GET', '/platform')).json).toEqual(start)
})

test('the clock can be frozen and resumed', async () => {
  const frozen = (await control('POST', '/clock/freeze', { frozen: true })).json.now
  expect((await control('POST', '/clock', { advance_seconds: 5 })).json.now).not.toBe(frozen)
  expect((await control('POST', '/clock/freeze', { frozen: 'no' })).status).toBe(400)
  const { status, json } = await control('POST', '/clock/freeze', { frozen: false })
  expect([status, json.now]).toEqual([200, expect.stringMatching(/\+08:00$/)])
})

test('a request can be read by its number, with the text that was signed instead', async () => {
  const signedBody = JSON.stringify(preSignBody, null, 2)
  const request = {
    method: 'POST',
    target: preSignPath,
    body: JSON.stringify(preSignBody),
    signedBody,
  }
  await send(server.baseUrl, request)
  const { status, json } = await control('GET', '/requests/1')
  expect([status, json.body, json.signature.cause]).toEqual([200, request.body, 'text'])
  expect(json.signature.signed_text).toContain(signedBody)
  expect(json.verification.canonical_text).toContain(request.body)
  for (const path of [
    '/requests/2',
    '/requests/x',
    '/notifications/EV-none',
    '/sessions/1',
    '/constructor/1',
  ])
    expect((await control('GET', path)).status).toBe(404)
  expect((await control('POST', '/requests/1')).status).toBe(405)
})

test('a notification can be read by its id: decrypted, and with each attempt as it was sent', async () => {
  await control('POST', '/sign', { pre_entrustweb_id: await preSign('http://127.0.0.1:1/') })
  const [{ notification_id }] = (await control('GET', '/notifications')).json
  const { json } = await control('GET', `/notifications/${notification_id}`)
  expect(json).toMatchObject({
    notification_id,
    resource: { contract_state: 'SIGNED' },
    attempts: [{ attempt: 1 }],
  })
  expect(JSON.parse(json.attempts[0].body).resource.ciphertext).toMatch(/./)
})

test('the clock and the rate limit can be set and undone', async () => {
  await control('POST', '/clock/freeze', { frozen: true })
  const now = expect.stringMatching(/^\d{4}-/)
  expect((await control('GET', '/clock')).json).toEqual({ now, frozen: true })
  await control('POST', '/platform/rate-limit', { requests: 0, seconds: 1 })
  expect((await control('POST', '/platform/rate-limit')).json.rate_limit).toBeNull()
  expect((await control('POST', '/platform/rate-limit', { requests: 1 })).status).toBe(400)
})
