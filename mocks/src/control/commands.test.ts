import { expect, test } from 'vitest'
import { mockKeys } from '../platform/keys.ts'
import { preSignBody, preSignPath, send } from '../testing/by-hand.ts'
import { control, preSign, server, useServer } from '../testing/control-api.ts'
import { startReceiver } from '../testing/receiver.ts'

useServer()

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
