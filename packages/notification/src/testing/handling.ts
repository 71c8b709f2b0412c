import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import type { NotificationEvent } from '../index.ts'
import { handleNotification } from '../respond/handle.ts'
import type { HandleOptions } from '../respond/handle-options.ts'
import type { Claim, InboxRecord, NotificationClaims } from '../respond/inbox-claims.ts'
import { options, signed } from './fixtures.ts'

export const fail = '{"code":"FAIL","message":"失败"}'
export const id = 'EV-2018022511223320873'
export const events: NotificationEvent[] = []
export const onEvent = (event: NotificationEvent) => events.push(event)
export const types = () => events.map(({ type }) => type)
/** Rejections that nothing handled. */
export const rejections: unknown[] = []

/** Call once at the top of a file: fake timers, no events of the test before, no unhandled rejection. */
export function prepareHandling(): void {
  beforeEach(() => {
    events.length = 0
    // Only the tests spend the budget, however slow the machine is.
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
    })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const noteRejection = (reason: unknown) => rejections.push(reason)
  beforeAll(() => void process.on('unhandledRejection', noteRejection))
  afterAll(() => {
    process.off('unhandledRejection', noteRejection)
    expect(rejections).toEqual([])
  })
}

/** After it, everything that waits neither for a timer nor for the test is done. */
export const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Stays when the receiver is created again, like a database after a restart. */
export function createStore() {
  const records = new Map<string, InboxRecord>()
  const inbox: NotificationClaims = {
    async claim(record) {
      const key = `${record.scope}/${record.id}`
      const found = records.get(key)
      if (found === undefined) records.set(key, record)
      if (found === undefined) return 'new'
      return found.digest === record.digest ? 'duplicate' : 'conflict'
    },
  }
  return { records, inbox }
}

/** Its claim settles only when the test rejects it. */
export function createSlowStore() {
  let reject: (reason: Error) => void = () => {}
  let onClaimed: (signal: AbortSignal) => void = () => {}
  const claimed = new Promise<AbortSignal>((resolve) => {
    onClaimed = resolve
  })
  const pending = new Promise<Claim>((_, rejectClaim) => {
    reject = rejectClaim
  })
  const claim = (_: InboxRecord, signal: AbortSignal) => {
    onClaimed(signal)
    return pending
  }
  return { inbox: { claim }, claimed, reject }
}

export const handle = (more: object, message: unknown = signed()) =>
  handleNotification(
    message as Request,
    { ...options, onEvent, ...more } as unknown as HandleOptions<Request>,
  )
