import type { PlatformKeys } from '@wechatpay-entrust/auth'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { NotificationEvent } from '../respond/events.ts'
import { responseFor } from '../respond/response.ts'
import { options, signed } from '../testing/fixtures.ts'
import { receiveNotification } from './receive.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => void vi.useRealTimers())

/** The events and the error of one call. `more` are options that take the place of the usual ones. */
async function receiving(message: object, more: object = {}) {
  const events: NotificationEvent[] = []
  const onEvent = (event: NotificationEvent) => events.push(event)
  const given = { ...options, ...more, onEvent }
  const error = await receiveNotification(message as Request, given).then(
    () => undefined,
    (thrown) => thrown,
  )
  return { events, error }
}

test('the event of receiveNotification has the merchant and the duration', async () => {
  const after = (ms: number, result: boolean) => () => {
    vi.advanceTimersByTime(ms)
    return result
  }
  const { mchid } = options
  expect((await receiving(signed(), { expect: after(250, true) })).events).toMatchObject([
    { type: 'notification:accepted', mchid, durationMs: 250 },
  ])
  expect((await receiving(signed(), { expect: after(40, false) })).events).toMatchObject([
    { type: 'notification:rejected', code: 'unexpected', mchid, durationMs: 40 },
  ])
})

test('before any key is known a serial number that is unknown is no fault of the message; other faults are', async () => {
  const platformKeys: PlatformKeys = { ...options.platformKeys, serials: [], find: () => undefined }
  const { error } = await receiving(signed(), { platformKeys })
  expect(error).toMatchObject({ code: 'no-platform-keys', cause: { code: 'unknown-serial' } })
  expect(responseFor(error).status).toBe(500)
  const unsigned = await receiving({ ...signed(), headers: {} }, { platformKeys })
  expect(unsigned.error).toMatchObject({ name: 'SignatureError', code: 'missing-header' })
  expect(responseFor(unsigned.error).status).toBe(401)
})

test('platform keys that reject with nothing are a fault of this service', async () => {
  const find = () => Promise.reject(undefined)
  const { events, error } = await receiving(signed(), {
    platformKeys: { ...options.platformKeys, find },
  })
  expect(error).toBeUndefined()
  expect(events).toMatchObject([{ type: 'notification:failed' }])
})

test('the text of `unexpected` shows false, and otherwise only the type', async () => {
  const textOf = async (result: unknown) =>
    (await receiving(signed(), { expect: () => result })).error.message
  expect(await textOf(false)).toContain('it returned false; expected true')
  expect(await textOf('secret')).toContain('it returned a value of type string; expected true')
})
