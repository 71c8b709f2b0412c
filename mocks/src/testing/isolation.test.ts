import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { expect, test } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { createMock, type MockOptions } from '../index.ts'
import { ask, authorize, preSignBody, preSignPath } from './by-hand.ts'

const certificates = 'https://api.mch.weixin.qq.com/v3/certificates'

test('the handlers of two mocks in one MSW are distinguished by mchid, and an unknown mchid passes through', async () => {
  const [one, other] = [createMock(), createMock({ mchid: '1900000200' })]
  const network = setupServer(
    ...one.handlers,
    ...other.handlers,
    http.get('*/v3/certificates', () => HttpResponse.json({ fell: 'through' })),
  )
  network.listen({ onUnhandledFrame: 'error' })
  try {
    for (const mock of [one, other]) {
      const { data } = await createWeChatPay(mock.merchant).getCertificates()
      expect(data.data).toHaveLength(1)
    }
    const authorization = authorize({ target: '/v3/certificates', mchid: '1900000300' })
    const stranger = await fetch(certificates, { headers: { Authorization: authorization } })
    expect(await stranger.json()).toEqual({ fell: 'through' })
    expect([one.requests().length, other.requests().length]).toEqual([1, 1])
  } finally {
    network.close()
  }
})

test("a mock's own fetch and port reject an unknown mchid with SIGN_ERROR", async () => {
  const { status, json } = await ask(createMock(), {
    target: '/v3/certificates',
    mchid: '1900000200',
  })
  expect([status, json.code, json.detail.field]).toEqual([401, 'SIGN_ERROR', 'mchid'])
})

test('mocks of one process share no session, fault, clock, nonce or command', async () => {
  const [one, other] = [createMock(), createMock()]
  one.faults.add({ operation: '*', name: '503' })
  one.platform.rotateCertificate()
  await one.clock.advance(10_000)
  const nonce = 'n'.repeat(32)
  expect((await ask(one, { target: '/v3/certificates', nonce })).status).toBe(503)
  const { status, json } = await ask(other, { target: '/v3/certificates', nonce })
  expect([status, json.data.length, other.requests().length]).toEqual([200, 1, 1])
  expect(one.clock.now() - other.clock.now()).toBeGreaterThan(9_000_000)
})

/** Everything that a client and a receiver see during a whole contract. */
async function play(options: MockOptions) {
  const seen: unknown[] = []
  const mock = createMock({
    clock: () => 1_800_000_000_000,
    deliver: async ({ headers, body }) => {
      seen.push(headers, new TextDecoder().decode(body))
      return 204
    },
    ...options,
  })
  const send = async (target: string, method = 'GET', body?: string) => {
    const request = {
      method,
      target,
      timestamp: 1_800_000_000,
      nonce: `${seen.length}`.padStart(32, '0'),
    }
    const {
      headers,
      body: bytes,
      json,
    } = await ask(mock, { ...request, ...(body === undefined ? {} : { body }) })
    seen.push([...headers], bytes.toString('utf8'))
    return json
  }
  await send('/v3/certificates')
  await mock.user.signs(await send(preSignPath, 'POST', JSON.stringify(preSignBody)))
  return { mock, seen, send }
}

test('the same seed and a fixed clock give the same bytes; another seed gives other bytes', async () => {
  const first = await play({ seed: 1 })
  expect((await play({ seed: 1 })).seen).toEqual(first.seen)
  expect((await play({ seed: 2 })).seen).not.toEqual(first.seen)
  expect((await play({})).seen).not.toEqual((await play({})).seen)
})

test('reset restarts the seed', async () => {
  const { mock, seen, send } = await play({ seed: 1 })
  const before = seen.slice(0, 2)
  mock.reset()
  seen.length = 0
  await send('/v3/certificates')
  expect(seen).toEqual(before)
})

test('frozen time moves only by advance, and resume continues from there', async () => {
  let now = 1000
  const mock = createMock({ clock: () => now })
  mock.clock.freeze()
  now += 5000
  expect(mock.clock.now()).toBe(1000)
  await mock.clock.advance(2)
  expect(mock.clock.now()).toBe(3000)
  mock.clock.resume()
  now += 500
  expect(mock.clock.now()).toBe(3500)
})
