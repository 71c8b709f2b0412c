import { expect, test, vi } from 'vitest'
import { createMock, type DeliveryRequest, type MockOptions, retryDelays } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'
import {
  ask,
  contractPath,
  isSignedBy,
  open,
  preSignBody,
  preSignPath,
} from '../testing/by-hand.ts'

const start = 1_800_000_000_000
const { platform, publicKey } = mockKeys

/**
 * A mock whose deliveries are recorded. They get the statuses in turn, then the last one again and
 * again.
 */
function record(statuses: number[], options: MockOptions = {}) {
  const sent: DeliveryRequest[] = []
  const deliver = async (request: DeliveryRequest) => {
    sent.push(request)
    return statuses[Math.min(sent.length, statuses.length) - 1] ?? 204
  }
  const mock = createMock({ clock: () => start, deliver, ...options })
  const sign = async (code = 'A', headers: Record<string, string> = {}) => {
    const body = JSON.stringify({ ...preSignBody, out_contract_code: code })
    const { json } = await ask(mock, {
      method: 'POST',
      target: preSignPath,
      body,
      headers,
      timestamp: start / 1000,
    })
    return mock.user.signs(json)
  }
  const serials = () => sent.map(({ headers }) => headers['Wechatpay-Serial'])
  return { mock, sent, sign, serials }
}

test('the notification is encrypted and signed, has the documented form, and goes to the notify_url', async () => {
  const { mock, sent, sign } = record([204])
  await sign('A')
  const [{ url, headers, body } = { url: '', headers: {}, body: new Uint8Array() }] = sent
  expect(url).toBe(preSignBody.notify_url)
  expect(
    isSignedBy(
      platform.certificate,
      platform.serialNumber,
      new Map(Object.entries(headers)),
      Buffer.from(body),
    ),
  ).toBe(true)
  expect(Object.keys(headers).sort()).toEqual([
    'Accept',
    'Content-Type',
    'Request-ID',
    'User-Agent',
    'Wechatpay-Nonce',
    'Wechatpay-Serial',
    'Wechatpay-Signature',
    'Wechatpay-Signature-Type',
    'Wechatpay-Timestamp',
  ])
  const envelope = JSON.parse(Buffer.from(body).toString('utf8'))
  expect(envelope).toMatchObject({
    id: expect.stringMatching(/^EV-.{1,33}$/),
    create_time: '2027-01-15T16:00:00+08:00',
    event_type: 'ENTRUST.SIGN',
    resource_type: 'encrypt-resource',
    resource: {
      algorithm: 'AEAD_AES_256_GCM',
      original_type: 'entrust',
      associated_data: 'entrust',
      nonce: expect.stringMatching(/^.{12}$/),
    },
  })
  expect(JSON.parse(open(envelope.resource))).toEqual(mock.contracts()[0])
  expect(mock.deliveries()).toMatchObject([
    {
      notification_id: envelope.id,
      url,
      status: 204,
      attempt: 1,
      kind: 'genuine',
      headers,
      body: String(Buffer.from(body)),
    },
  ])
})

test('without a 2xx a notification is repeated 15 times by the schedule, with the same id and new signatures', async () => {
  const { mock, sent, sign } = record([500])
  await sign()
  for (const [index, delay] of retryDelays.entries()) {
    await mock.clock.advance(delay - 1)
    expect(sent).toHaveLength(index + 1)
    await mock.clock.advance(1)
    expect(sent).toHaveLength(index + 2)
  }
  await mock.clock.advance(86_400)
  expect(retryDelays.reduce((sum, delay) => sum + delay)).toBe((24 * 60 + 4) * 60)
  const deliveries = mock.deliveries()
  expect(deliveries.map(({ attempt, status }) => [attempt, status])).toEqual(
    Array.from({ length: 16 }, (_, index) => [index + 1, 500]),
  )
  expect(new Set(deliveries.map(({ notification_id }) => notification_id)).size).toBe(1)
  expect(new Set(sent.map(({ headers }) => headers['Wechatpay-Signature'])).size).toBe(16)
})

test('one 2xx ends the schedule', async () => {
  const { mock, sign } = record([503, 302, 0, 200])
  await sign()
  await mock.clock.advance(90_000)
  expect(mock.deliveries().map(({ status }) => status)).toEqual([503, 302, 0, 200])
})

test('a delivery that fails has status null and the reason', async () => {
  const lines: string[] = []
  const { mock, sign } = record([], {
    deliver: async () => {
      throw new Error('connection refused')
    },
    log: (line) => void lines.push(line),
  })
  await sign()
  expect(mock.deliveries()).toMatchObject([
    { status: null, attempt: 1, error: 'connection refused' },
  ])
  expect(lines).toEqual([expect.stringContaining('connection refused')])
})

test('an attempt without a response ends after five seconds, and so does the call that let the user sign', async () => {
  vi.useFakeTimers()
  try {
    const { mock, sign } = record([], { deliver: () => new Promise(() => undefined) })
    const signed = sign()
    await vi.waitFor(() => expect(mock.deliveries()).toMatchObject([{ status: null }]))
    await vi.advanceTimersByTimeAsync(5000)
    await expect(signed).resolves.toMatchObject({ state: 'signed' })
    expect(mock.deliveries()).toMatchObject([{ status: null, error: 'no answer within 5 seconds' }])
  } finally {
    vi.useRealTimers()
  }
})

test('reset stops a running delivery and forgets the schedule', async () => {
  let aborted = false
  const { mock, sign } = record([], {
    deliver: ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true
          reject(signal.reason)
        })
      }),
  })
  const signed = sign()
  await expect.poll(() => mock.deliveries().length).toBe(1)
  mock.reset()
  await signed
  await mock.clock.advance(90_000)
  expect([aborted, mock.deliveries()]).toEqual([true, []])
})

test('a termination by the user or by the API is notified too, unless switched off', async () => {
  const { mock, sent, sign } = record([204])
  await sign('wxwtdk20200910100000')
  await mock.terminate(preSignBody)
  expect(JSON.parse(Buffer.from(sent[1]?.body ?? []).toString()).event_type).toBe(
    'ENTRUST.TERMINATE',
  )

  const quiet = record([204], { notifyTermination: false })
  await quiet.sign('wxwtdk20200910100000')
  const body = '{"contract_termination_remark":"r"}'
  expect(
    (
      await ask(quiet.mock, {
        method: 'POST',
        target: `${contractPath}/terminate`,
        body,
        timestamp: start / 1000,
      })
    ).status,
  ).toBe(200)
  expect(quiet.mock.deliveries()).toHaveLength(1)
})

test('by default the key that signed the pre-sign response signs the notification', async () => {
  const { sign, serials } = record([204])
  await sign('A')
  await sign('B', { 'Wechatpay-Serial': publicKey.id })
  expect(serials()).toEqual([platform.serialNumber, publicKey.id])
})

test('notificationKey is one key, or the share of notifications that the public key signs', async () => {
  const { serialNumber } = platform
  for (const [notificationKey, expected] of [
    ['certificate', [serialNumber, serialNumber, serialNumber, serialNumber]],
    ['publicKey', [publicKey.id, publicKey.id, publicKey.id, publicKey.id]],
    [0, [serialNumber, serialNumber, serialNumber, serialNumber]],
    [0.5, [serialNumber, publicKey.id, serialNumber, publicKey.id]],
    [1, [publicKey.id, publicKey.id, publicKey.id, publicKey.id]],
  ] as const) {
    const { sign, serials } = record([204], { notificationKey })
    for (const code of ['A', 'B', 'C', 'D']) await sign(code)
    expect(serials()).toEqual(expected)
  }
})

test('T-32 the default delivery by fetch goes to loopback and named hosts only', async () => {
  const { mock, sign } = record([], { deliver: undefined as never })
  await sign()
  expect(mock.deliveries()).toMatchObject([
    { status: null, error: expect.stringContaining('allowNotifyHosts') },
  ])
})
