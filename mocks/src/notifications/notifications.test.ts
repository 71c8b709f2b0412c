import { createPlatformKeys } from '@wechatpay-entrust/auth'
import { type NotificationRequest, receiveNotification } from '@wechatpay-entrust/notification'
import { expect, test } from 'vitest'
import { createMock, type Delivered, type MockOptions } from '../index.ts'
import { ask, preSignBody, preSignPath } from '../testing/by-hand.ts'

const start = 1_800_000_000_000

/** A mock whose notifications go to our own receiver, which responds with 204 or 500. */
function setUp(options: MockOptions = {}) {
  const codes: string[] = []
  const mock = createMock({
    clock: () => start,
    deliver: async (sent) => receive(sent),
    ...options,
  })
  const { mchid, apiV3Key, publicKey, platformCertificates } = mock.merchant
  const platformKeys = createPlatformKeys({ publicKey, platformCertificates, allowMockKeys: true })
  async function receive(request: NotificationRequest): Promise<number> {
    try {
      const event = await receiveNotification(request, {
        mchid,
        apiV3Key,
        platformKeys,
        clock: () => start,
      })
      codes.push((event.resource as { out_contract_code: string }).out_contract_code)
      return 204
    } catch (error) {
      codes.push(
        (error as { probe?: boolean; code: string }).probe
          ? 'probe'
          : (error as { code: string }).code,
      )
      return 500
    }
  }
  const sign = async (code: string) => {
    const body = JSON.stringify({ ...preSignBody, out_contract_code: code })
    const request = { method: 'POST', target: preSignPath, body, timestamp: start / 1000 }
    return mock.user.signs((await ask(mock, request)).json)
  }
  return { mock, codes, sign }
}

const outline = ({ attempt, kind, status }: Delivered) => [attempt, kind, status]

test('next waits for a delivery, returns each once, and shows the decrypted content', async () => {
  const { mock, sign } = setUp()
  const early = mock.notifications.next()
  await sign('A')
  await sign('B')
  const first = await early
  expect(first).toMatchObject({
    event_type: 'ENTRUST.SIGN',
    status: 204,
    attempt: 1,
    kind: 'genuine',
  })
  expect(first.resource).toEqual(mock.contracts()[0])
  expect((await mock.notifications.next()).resource).toMatchObject({ out_contract_code: 'B' })
  expect(mock.notifications.list().map(({ notification_id }) => notification_id)).toContain(
    first.notification_id,
  )
})

test('a duplicate has the same id and a new signature', async () => {
  const { mock, codes, sign } = setUp()
  await sign('A')
  const again = await mock.notifications.repeat(await mock.notifications.next())
  expect([outline(again), codes]).toEqual([
    [2, 'genuine', 204],
    ['A', 'A'],
  ])
  const [first, second] = mock.deliveries()
  expect(second?.notification_id).toBe(first?.notification_id)
  expect(second?.headers['Wechatpay-Nonce']).not.toBe(first?.headers['Wechatpay-Nonce'])
})

test('a probe is rejected, and the genuine notification follows (T-09)', async () => {
  const { mock, codes, sign } = setUp()
  mock.notifications.hold()
  await sign('A')
  const [held] = mock.notifications.list()
  expect([held?.held, mock.deliveries()]).toEqual([true, []])
  expect(outline(await mock.notifications.probe(held ?? ''))).toEqual([1, 'probe', 500])
  await mock.notifications.release()
  expect(codes).toEqual(['probe', 'A'])
  await mock.notifications.probe(held ?? '')
  await mock.clock.advance(15)
  expect(codes).toEqual(['probe', 'A', 'probe', 'A'])
})

test('a stale notification is genuine but old: stale-timestamp (T-05)', async () => {
  const { mock, codes, sign } = setUp()
  await sign('A')
  const first = await mock.notifications.next()
  expect(outline(await mock.notifications.stale(first))).toEqual([2, 'stale', 500])
  await mock.notifications.stale(first, 300)
  await mock.notifications.stale(first, -301)
  expect(codes).toEqual(['A', 'stale-timestamp', 'A', 'stale-timestamp'])
})

test('held notifications arrive late, and in reversed order on request', async () => {
  const { mock, codes, sign } = setUp()
  mock.notifications.hold()
  for (const code of ['A', 'B', 'C']) await sign(code)
  await mock.clock.advance(3600)
  expect(codes).toEqual([])
  await mock.notifications.release('reversed')
  expect(codes).toEqual(['C', 'B', 'A'])
  await sign('D')
  expect(codes).toEqual(['C', 'B', 'A', 'D'])
})

test('the schedule can be changed, and commands for an unknown notification are rejected', async () => {
  const { mock, sign } = setUp({ retryDelays: [1, 2], deliver: async () => 500 })
  await sign('A')
  await mock.clock.advance(86_400)
  expect(mock.deliveries().map(({ at }) => at - start)).toEqual([0, 1000, 3000])
  await expect(mock.notifications.repeat('EV-none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
