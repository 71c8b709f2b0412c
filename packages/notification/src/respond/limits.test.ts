import { importApiV3Keys } from '@wechatpay-entrust/auth'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { options, signed } from '../testing/fixtures.ts'
import type { NotificationEvent } from './events.ts'
import { handleNotification } from './handle.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Work that never ends, and a promise that resolves when it has started. */
function createStalled() {
  let start = () => {}
  const started = new Promise<void>((resolve) => {
    start = resolve
  })
  const work = () => {
    start()
    return new Promise<never>(() => {})
  }
  return { started, work }
}

/** After it, everything that waits for no timer is done. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

type Work = () => Promise<never>

const { ring } = importApiV3Keys(options.apiV3Key)

test.each<[string, (work: Work) => object]>([
  [
    'finding the platform key',
    (work) => ({ platformKeys: { ...options.platformKeys, find: work } }),
  ],
  [
    'verifying the signature',
    (work) => ({
      platformKeys: {
        ...options.platformKeys,
        find: (serial: string) => ({
          ...(options.platformKeys.find(serial) as object),
          verify: work,
        }),
      },
    }),
  ],
  ['decrypting', (work) => ({ apiV3Key: { ring: [{ ...ring[0], open: work }] } })],
  ['expect', (work) => ({ expect: work })],
  [
    'tenant',
    (work) => ({
      platformKeys: undefined,
      apiV3Key: undefined,
      mchid: undefined,
      tenant: work,
    }),
  ],
])(
  'T-21 %s that does not end: the response is 500 when the time is over, and not before',
  async (name, more) => {
    const { started, work } = createStalled()
    const events: NotificationEvent[] = []
    const onEvent = (event: NotificationEvent) => events.push(event)
    const onNotification = () => expect.unreachable('it was handled')
    const given = { ...options, ...more(work), onEvent, onNotification, budgetMs: 300 }
    let status = 0
    void handleNotification(signed() as never, given as never).then((response) => {
      status = response.status
    })
    await started
    await vi.advanceTimersByTimeAsync(299)
    expect([status, events]).toEqual([0, []])
    await vi.advanceTimersByTimeAsync(1)
    await turn()
    expect(status).toBe(500)
    const id = name === 'decrypting' || name === 'expect' ? 'EV-2018022511223320873' : undefined
    expect(events).toMatchObject([{ type: 'notification:failed', code: 'budget-spent', id }])
    expect(vi.getTimerCount()).toBe(0)
  },
)
