import { afterEach, expect, test } from 'vitest'
import { type MockServer, startMockServer } from '../entries/node.ts'
import { createMock, type NotificationToSend } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'
import { ask, isSignedBy, open, preSignBody, preSignPath, send } from '../testing/by-hand.ts'
import { startReceiver } from '../testing/receiver.ts'

let server: MockServer | undefined
afterEach(() => server?.close())

const paid = {
  event_type: 'TRANSACTION.SUCCESS',
  resource: { out_trade_no: 'A1', amount: { total: 100 }, attach: undefined },
}

test('any notification is sent, signed and encrypted', async () => {
  const receiver = await startReceiver()
  try {
    const mock = createMock()
    const sent = await mock.notifications.send({ ...paid, notify_url: receiver.url })
    expect(sent).toMatchObject({
      notification_id: expect.stringMatching(/^EV-/),
      url: receiver.url,
      event_type: 'TRANSACTION.SUCCESS',
      resource: { out_trade_no: 'A1', amount: { total: 100 } },
      held: false,
      status: 204,
      attempt: 1,
    })
    const { headers, body } = receiver.received[0] ?? { headers: new Map(), body: Buffer.of() }
    const { certificate, serialNumber } = mockKeys.platform
    expect(isSignedBy(certificate, serialNumber, headers, body)).toBe(true)
    const envelope = JSON.parse(body.toString())
    expect(envelope).toMatchObject({
      id: sent.notification_id,
      event_type: 'TRANSACTION.SUCCESS',
      summary: 'TRANSACTION.SUCCESS',
      resource_type: 'encrypt-resource',
      resource: { original_type: 'transaction', associated_data: 'transaction' },
    })
    expect(JSON.parse(open(envelope.resource))).toEqual({
      out_trade_no: 'A1',
      amount: { total: 100 },
    })
    expect(mock.notifications.list()).toHaveLength(1)
  } finally {
    await receiver.close()
  }
})

test('the members of the envelope can be given', async () => {
  const bodies: string[] = []
  const mock = createMock({
    deliver: async ({ body }) => {
      bodies.push(new TextDecoder().decode(body))
      return 204
    },
  })
  const texts = { summary: '支付成功', original_type: 'pay', associated_data: 'aad' }
  await mock.notifications.send({ ...paid, ...texts })
  const { summary, original_type, associated_data } = texts
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
    summary,
    resource: { original_type, associated_data },
  })
})

test('it is repeated until a response is 2xx, and the id can be used as of any notification', async () => {
  const statuses = [500, 204, 200]
  const mock = createMock({ clock: () => 0, deliver: async () => statuses.shift() ?? 204 })
  const sent = await mock.notifications.send(paid)
  expect(sent.status).toBe(500)
  await mock.clock.advance(15)
  expect(mock.deliveries().map(({ status }) => status)).toEqual([500, 204])
  expect((await mock.notifications.repeat(sent)).status).toBe(200)
})

test('its default address and key are those of the latest verified request', async () => {
  const urls: string[] = []
  const serials: (string | undefined)[] = []
  const mock = createMock({
    deliver: async ({ url, headers }) => {
      urls.push(url)
      serials.push(headers['Wechatpay-Serial'])
      return 204
    },
  })
  await mock.notifications.send(paid)
  const notify_url = 'https://shop.test/notify'
  const headers = { 'Wechatpay-Serial': mockKeys.publicKey.id }
  const request = { method: 'POST', target: preSignPath, headers }
  await ask(mock, { ...request, body: JSON.stringify({ ...preSignBody, notify_url }) })
  await mock.notifications.send(paid)
  mock.respond('POST', '/v3/refunds', { status: 200, body: {} })
  const target = '/v3/refunds'
  await ask(mock, { method: 'POST', target, body: '{"notify_url":"https://shop.test/refund"}' })
  await mock.notifications.send(paid)
  mock.reset()
  await mock.notifications.send(paid)
  const { serialNumber } = mockKeys.platform
  expect(urls).toEqual([
    'https://notify.invalid/',
    notify_url,
    'https://shop.test/refund',
    'https://notify.invalid/',
  ])
  expect(serials).toEqual([serialNumber, mockKeys.publicKey.id, serialNumber, serialNumber])
})

test('while notifications are held back it waits too', async () => {
  const mock = createMock({ deliver: async () => 204 })
  mock.notifications.hold()
  const sent = await mock.notifications.send(paid)
  expect(sent).toMatchObject({ held: true, status: null, attempt: 0 })
  await mock.notifications.release()
  expect(mock.deliveries()).toMatchObject([{ notification_id: sent.notification_id, status: 204 }])
})

test('without an address, a request and the option deliver it is rejected', async () => {
  await expect(createMock().notifications.send(paid)).rejects.toMatchObject({
    name: 'ConfigurationError',
    message:
      'notify_url: found nothing, and no verified request had a notify_url; expected an http or https address. Correct the value, or leave it out if it is optional.',
  })
})

const url = 'https://shop.test/notify'
test.each<[string, unknown, RegExp]>([
  ['nothing', undefined, /^notification: found nothing; expected an object with event_type/],
  ['no event_type', { resource: {} }, /^event_type: found nothing/],
  ['no resource', { event_type: 'A.B' }, /^resource: found nothing; expected a JSON object/],
  ['a list', { ...paid, resource: [] }, /^resource: found an array; expected a JSON object/],
  [
    'a value that is no JSON',
    { ...paid, resource: { a: { b: 1n } } },
    /^resource\/a\/b: found a bigint/,
  ],
  ['a mistyped name', { ...paid, event_typ: 'x' }, /event_typ.*event_type/],
  [
    'an address of another kind',
    { ...paid, notify_url: 'ftp://x' },
    /^notify_url: found "ftp:\/\/x"/,
  ],
  ['an empty summary', { ...paid, summary: '' }, /^summary: found an empty text/],
])('%s is rejected', async (_case, given, message) => {
  const mock = createMock({ deliver: async () => 204 })
  const sent = mock.notifications.send(given as NotificationToSend)
  await expect(sent).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: expect.stringMatching(message),
  })
  expect(mock.notifications.list()).toEqual([])
})

test('POST /__mock/notifications sends one for clients in any language', async () => {
  const receiver = await startReceiver()
  server = await startMockServer()
  try {
    const post = async (body: unknown) => {
      const init = { method: 'POST', body: JSON.stringify(body) }
      const response = await fetch(`${server?.controlUrl}/notifications`, init)
      return { status: response.status, json: await response.json() }
    }
    expect(await post({ ...paid, notify_url: receiver.url })).toEqual({
      status: 200,
      json: { notification_id: expect.any(String), url: receiver.url, status: 204, attempt: 1 },
    })
    expect((await post(paid)).status).toBe(400)
    expect((await post({ ...paid, notify_url: url, more: 1 })).json).toMatchObject({
      code: 'INVALID_REQUEST',
      message: expect.stringContaining('more'),
    })
    const body = JSON.stringify({ ...preSignBody, notify_url: receiver.url })
    await send(server.baseUrl, { method: 'POST', target: preSignPath, body })
    expect((await post(paid)).json).toMatchObject({ url: receiver.url, status: 204 })
  } finally {
    await receiver.close()
  }
})
