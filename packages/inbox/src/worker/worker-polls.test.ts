import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { unlimited } from '../contract/subject.ts'
import type { NotificationInbox } from '../inbox.ts'
import { createMemoryInbox } from '../stores/memory.ts'
import { claim, gate, listen, run, sealedRecord } from '../testing/worker-bench.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** An inbox that notes when the worker asks it for leases, in milliseconds, and for how many. */
function createAsked(lease: NotificationInbox['lease'] = async () => []) {
  const start = performance.now()
  const times: number[] = []
  const limits: number[] = []
  const inbox: NotificationInbox = {
    ...createMemoryInbox(),
    lease: (options) => {
      times.push(performance.now() - start)
      limits.push(options.limit)
      return lease(options)
    },
  }
  return { inbox, times, limits }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test.each([
  [0, [0, 750, 1500]],
  [1, [0, 1250, 2500]],
])(
  'an idle worker polls after 75 to 125 % of pollMs, so that workers do not poll together (%i)',
  async (random, expected) => {
    vi.spyOn(Math, 'random').mockReturnValue(random)
    const { inbox, times } = createAsked()
    run({ inbox, pollMs: 1000 })
    await vi.advanceTimersByTimeAsync(2500)
    expect(times.slice(0, 3)).toEqual(expected)
  },
)

test('while the store fails the worker asks less and less often, every 30 s at the end, and starts again after a success', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  let isDown = true
  const { inbox, times } = createAsked(async () => {
    if (isDown) throw new Error('not reachable')
    return []
  })
  run({ inbox, pollMs: 10_000, onEvent: () => {} })
  await vi.advanceTimersByTimeAsync(90_000)
  expect(times).toEqual([0, 10_000, 30_000, 60_000, 90_000])
  isDown = false
  await vi.advanceTimersByTimeAsync(30_000)
  isDown = true
  times.length = 0
  await vi.advanceTimersByTimeAsync(40_000)
  expect(times).toEqual([130_000, 140_000, 160_000])
})

test('while every handler is busy the store is not asked', async () => {
  const inner = createMemoryInbox()
  const { inbox, limits } = createAsked(inner.lease)
  const [begun, may] = [gate(), gate()]
  await claim(inner, 'EV-1')
  const { onEvent, seen } = listen()
  const handler = () => {
    begun.open()
    return may.opened
  }
  run({ inbox: { ...inner, lease: inbox.lease }, onEvent, handler, concurrency: 1, pollMs: 1000 })
  await begun.opened
  for (let turns = 0; turns < 10; turns++) await turn()
  await vi.advanceTimersByTimeAsync(5000)
  expect(limits).toEqual([1])
  may.open()
  await seen('inbox:handled')
  await turn()
  expect(limits).toEqual([1, 1])
})

test('a claim of a notification that is already stored does not wake the worker', async () => {
  const { inbox, times } = createAsked()
  const worker = run({ inbox, pollMs: 1000 })
  await turn()
  expect(await worker.claim(sealedRecord('EV-1'), unlimited)).toBe('new')
  await turn()
  expect(times).toHaveLength(2)
  expect(await worker.claim(sealedRecord('EV-1'), unlimited)).toBe('duplicate')
  await turn()
  expect(times).toHaveLength(2)
})
