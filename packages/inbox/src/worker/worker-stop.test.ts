import { getEventListeners } from 'node:events'
import { expect, onTestFinished, test, vi } from 'vitest'
import { keys } from '../../../notification/src/testing/fixtures.ts'
import type { NotificationInbox } from '../inbox.ts'
import { createMemoryInbox } from '../stores/memory.ts'
import { claim, gate, listen, run, scope } from '../testing/worker-bench.ts'
import type { DeliveryContext } from './options.ts'

test('stop waits for the running handlers and leases nothing more', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, types } = listen()
  const [begun, may] = [gate(), gate()]
  await claim(inbox, 'EV-1', 'EV-2')
  const handler = async () => {
    begun.open()
    await may.opened
  }
  const worker = run({ inbox, onEvent, handler, concurrency: 1 })
  await begun.opened
  const stopped = worker.stop()
  expect(worker.stop()).toBe(stopped)
  may.open()
  await stopped
  expect(types()).toEqual(['inbox:handled'])
  expect(await inbox.stats()).toMatchObject({ done: 1, ready: 1 })
})

test('stop aborts a handler that does not end and releases its notification', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, types, events } = listen()
  const [begun, may] = [gate(), gate()]
  await claim(inbox, 'EV-1')
  let context: DeliveryContext<undefined> | undefined
  const handler = (_: unknown, given: DeliveryContext<undefined>) => {
    context = given
    begun.open()
    return may.opened
  }
  // The delay of a failure is not applied: another worker may have it at once.
  const worker = run({ inbox, onEvent, handler, backoff: () => 3_600_000 })
  await begun.opened
  await worker.stop({ timeoutMs: 1 })
  expect(context?.signal.aborted).toBe(true)
  expect(await inbox.find(scope, 'EV-1')).toMatchObject({ state: 'ready' })
  expect(await inbox.lease({ owner: 'other', limit: 1, leaseMs: 60_000 })).toHaveLength(1)
  expect(await context?.complete(async () => expect.unreachable())).toBe(false)
  may.open()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(types()).toEqual(['inbox:failed'])
  expect(events[0]).toMatchObject({ delayMs: 0 })
})

test('stop waits for a handler while others are free, and aborts nothing before its timeout', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, types } = listen()
  const [begun, may] = [gate(), gate()]
  await claim(inbox, 'EV-1')
  let given: AbortSignal | undefined
  const handler = async (_: unknown, { signal }: DeliveryContext<undefined>) => {
    given = signal
    begun.open()
    await may.opened
  }
  const worker = run({ inbox, onEvent, handler, concurrency: 4 })
  await begun.opened
  let isStopped = false
  const stopped = worker.stop({ timeoutMs: 3_600_000 }).then(() => {
    isStopped = true
  })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect([given?.aborted, isStopped]).toEqual([false, false])
  may.open()
  await stopped
  expect([given?.aborted, types()]).toEqual([false, ['inbox:handled']])
})

test('after its timeout stop waits two more seconds for the store to release, and not longer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const stopping = async (release: NotificationInbox['release']) => {
    const inner = createMemoryInbox()
    const begun = gate()
    await claim(inner, 'EV-1')
    const handler = () => {
      begun.open()
      return new Promise(() => {})
    }
    const worker = run({ inbox: { ...inner, release }, onEvent: () => {}, handler })
    await begun.opened
    const start = performance.now()
    return worker.stop({ timeoutMs: 100 }).then(() => performance.now() - start)
  }
  const slow = stopping(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    return true
  })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await slow).toBe(1_100)
  const hanging = stopping(() => new Promise(() => {}))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await hanging).toBe(2_100)
})

test('stop does not release a record that is being completed', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, types } = listen()
  const [begun, may] = [gate(), gate()]
  await claim(inbox, 'EV-1')
  const handler = (_: unknown, { complete, signal }: DeliveryContext<undefined>) => {
    signal.addEventListener('abort', may.open)
    return complete(async () => {
      begun.open()
      await may.opened
    })
  }
  const worker = run({ inbox, onEvent, handler })
  await begun.opened
  await worker.stop({ timeoutMs: 1 })
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(types()).toEqual(['inbox:handled'])
  expect((await inbox.find(scope, 'EV-1'))?.state).toBe('done')
})

test('a notification that is still being opened when stop times out reaches no handler', async () => {
  const inbox = createMemoryInbox()
  const [asked, may] = [gate(), gate()]
  await claim(inbox, 'EV-1')
  const tenant = async () => {
    asked.open()
    await may.opened
    return { apiV3Key: keys.apiV3Key, mchid: keys.merchant.mchid }
  }
  let calls = 0
  const { onEvent, types } = listen()
  const worker = run({ inbox, onEvent, apiV3Key: undefined, tenant, handler: () => void calls++ })
  await asked.opened
  await worker.stop({ timeoutMs: 1 })
  may.open()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect([calls, types()]).toEqual([0, ['inbox:failed']])
  expect((await inbox.find(scope, 'EV-1'))?.state).toBe('ready')
})

test('a record that was leased while stop was called is released and reaches no handler', async () => {
  const inner = createMemoryInbox()
  const [asked, may] = [gate(), gate()]
  const inbox: NotificationInbox = {
    ...inner,
    lease: async (options) => {
      asked.open()
      await may.opened
      return inner.lease(options)
    },
  }
  await claim(inbox, 'EV-1')
  let calls = 0
  const worker = run({ inbox, onEvent: () => {}, handler: () => void calls++ })
  await asked.opened
  const stopped = worker.stop({ timeoutMs: 60_000 })
  may.open()
  await stopped
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect([calls, (await inbox.find(scope, 'EV-1'))?.state]).toEqual([0, 'ready'])
})

test('an abort of the signal stops the worker, also if it aborted before', async () => {
  const inbox = createMemoryInbox()
  const controller = new AbortController()
  run({ inbox, signal: controller.signal, handler: () => expect.unreachable() })
  controller.abort()
  await claim(inbox, 'EV-1')
  run({ inbox, signal: controller.signal, handler: () => expect.unreachable() }).wake()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(await inbox.find(scope, 'EV-1')).toMatchObject({ state: 'ready', attempts: 0 })
})

test('T-38: a stopped worker leaves neither timer nor listener', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const before = timers()
  const inbox = createMemoryInbox()
  const controller = new AbortController()
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  const worker = run({ inbox, onEvent, pollMs: 3_600_000, signal: controller.signal })
  await seen('inbox:handled')
  await worker.stop({ timeoutMs: 3_600_000 })
  expect(timers()).toBeLessThanOrEqual(before) // those of others may end meanwhile
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
})
