import { expect, test } from 'vitest'
import { createMock } from '../index.ts'
import { ask, preSignBody, preSignPath } from '../testing/by-hand.ts'

const start = 1_800_000_000_000

/** A mock whose first notification was not accepted, so that the next is due in 15 s. */
async function withDueNotification() {
  const received: number[] = []
  let status = 500
  const mock = createMock({
    clock: () => start,
    deliver: async () => {
      received.push(mock.clock.now() - start)
      return status
    },
  })
  const body = JSON.stringify(preSignBody)
  const { json } = await ask(mock, {
    method: 'POST',
    target: preSignPath,
    body,
    timestamp: start / 1000,
  })
  await mock.user.signs(json)
  received.length = 0
  status = 204
  return { mock, received, session: json }
}

test('without a due notification the time has moved when advance returns, also without await', async () => {
  const mock = createMock({ clock: () => start })
  const body = JSON.stringify(preSignBody)
  await ask(mock, { method: 'POST', target: preSignPath, body, timestamp: start / 1000 })
  const advanced = mock.clock.advance(7200)
  expect(mock.sessions()).toMatchObject([{ state: 'expired' }])
  expect(mock.clock.now()).toBe(start + 7_200_000)
  expect(await advanced).toBe(start + 7_200_000)
})

test('an advance that is not awaited is noticed by the next call, and not once it has ended', async () => {
  const { mock, received, session } = await withDueNotification()
  const advanced = mock.clock.advance(15)
  for (const call of [
    () => mock.deliveries(),
    () => mock.requests(),
    () => mock.sessions(),
    () => mock.contracts(),
    () => mock.notifications.list(),
    () => mock.clock.freeze(),
    () => mock.clock.resume(),
  ])
    expect(call).toThrow(/^mock\..* is not awaited; expected .* Write: await mock\.clock\.advance/)
  await expect(mock.user.signs(session)).rejects.toMatchObject({
    name: 'MockStateError',
    code: 'CONFLICT',
    remedy: { zh: '请写成：await mock.clock.advance(seconds)。' },
  })
  await expect(mock.terminate(preSignBody)).rejects.toThrow('mock.terminate')
  await advanced
  expect(received).toEqual([15_000])
  expect(mock.deliveries()).toHaveLength(2)
})

test('an awaited advance lets the receiver and others call the mock meanwhile', async () => {
  const { mock, received } = await withDueNotification()
  expect(await mock.clock.advance(15)).toBe(start + 15_000)
  expect(received).toEqual([15_000])
  for (const wait of [
    () => Promise.all([mock.clock.advance(1), mock.clock.advance(1)]),
    () => mock.clock.advance(1).then(() => undefined),
    async () => mock.clock.advance(1),
  ])
    await wait()
  expect(mock.clock.now()).toBe(start + 19_000)
})

test('next() may wait for a delivery of an advance, and reset ends one that is not awaited', async () => {
  const { mock } = await withDueNotification()
  await mock.notifications.next()
  const advanced = mock.clock.advance(15)
  expect(await mock.notifications.next()).toMatchObject({ attempt: 2, status: 204 })
  await advanced
  const other = await withDueNotification()
  void other.mock.clock.advance(15)
  other.mock.reset()
  expect(other.mock.contracts()).toEqual([])
})

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '60', undefined])(
  'advance rejects %s, and the time stays as it is',
  async (seconds) => {
    const { clock } = createMock({ clock: () => start })
    await expect(clock.advance(seconds as number)).rejects.toMatchObject({
      name: 'ConfigurationError',
      slot: 'seconds',
      message: expect.stringMatching(/^seconds: found .*; expected a number of seconds from 0 to /),
    })
    expect(clock.now()).toBe(start)
  },
)
