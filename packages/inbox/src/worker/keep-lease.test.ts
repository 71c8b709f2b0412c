import { afterEach, expect, test, vi } from 'vitest'
import type { NotificationInbox } from '../inbox.ts'
import { createMemoryInbox } from '../stores/memory.ts'
import { claim, gate, listen, run, scope } from '../testing/worker-bench.ts'
import type { DeliveryContext } from './options.ts'

// The renewals run on a clock that only the test moves, so a busy machine changes nothing.
const stopRenewalClock = () =>
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
const elapse = (ms: number) => vi.advanceTimersByTimeAsync(ms)
afterEach(() => void vi.useRealTimers())

/** Resolves when the signal aborts, or has aborted before. */
const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })

test('a lease is renewed while its handler runs, and not after it', async () => {
  const inner = createMemoryInbox({ clock: () => 0 })
  stopRenewalClock()
  const [begun, renewals] = [gate(), gate()]
  let count = 0
  const inbox: NotificationInbox = {
    ...inner,
    renew: (lease, leaseMs) => {
      if (++count === 6) renewals.open()
      return inner.renew(lease, leaseMs)
    },
  }
  const { onEvent, seen, types } = listen()
  await claim(inbox, 'EV-1')
  let wasAborted: boolean | undefined
  const handler = async (_: unknown, { signal }: DeliveryContext<undefined>) => {
    begun.open()
    await renewals.opened
    wasAborted = signal.aborted
    throw new Error('no')
  }
  // Six thirds of the lease: without the renewals it would have run out.
  run({ inbox, onEvent, leaseMs: 450, handler, maxAttempts: 1 })
  await begun.opened
  await elapse(6 * 150)
  await seen('inbox:parked')
  expect(wasAborted).toBe(false)
  await elapse(200)
  expect(count).toBe(6)
  expect(types()).toEqual(['inbox:parked'])
})

test('a store that hangs gets one renewal, and its late `false` does not change a done record', async () => {
  const inner = createMemoryInbox({ clock: () => 0 })
  stopRenewalClock()
  const [begun, asked, responded] = [gate(), gate(), gate()]
  let count = 0
  const inbox: NotificationInbox = {
    ...inner,
    renew: async () => {
      count++
      asked.open()
      await responded.opened
      return false
    },
  }
  const { onEvent, seen, types } = listen()
  await claim(inbox, 'EV-1')
  const handler = async (_: unknown, { signal }: DeliveryContext<undefined>) => {
    begun.open()
    await asked.opened
    await aborted(signal)
  }
  run({ inbox, onEvent, leaseMs: 15, handler })
  await begun.opened
  await elapse(20)
  await seen('inbox:handled')
  responded.open()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect([count, types()]).toEqual([1, ['inbox:handled']])
})

test('nothing is renewed during the completion: a renewal would find the record done', async () => {
  stopRenewalClock()
  const inner = createMemoryInbox({ clock: () => 0 })
  const inbox: NotificationInbox = {
    ...inner,
    renew: async () => false,
    complete: async (lease, apply) => {
      await elapse(100)
      return inner.complete(lease, apply)
    },
  }
  const { onEvent, seen, types } = listen()
  await claim(inbox, 'EV-1')
  run({ inbox, onEvent, leaseMs: 90 })
  await seen('inbox:handled')
  expect(types()).toEqual(['inbox:handled'])
})

test('a lost lease aborts the handler’s signal and is reported once, and the attempt stores nothing', async () => {
  stopRenewalClock()
  let time = 0
  const inbox = createMemoryInbox({ clock: () => time })
  const { onEvent, seen, types } = listen()
  await claim(inbox, 'EV-1')
  const completed: boolean[] = []
  const ended = gate()
  const worker = run({
    inbox,
    onEvent,
    leaseMs: 30,
    concurrency: 1,
    handler: async (_, { signal, complete }) => {
      time += 1000
      expect(await inbox.lease({ owner: 'another', limit: 1, leaseMs: 60_000 })).toHaveLength(1)
      await elapse(10)
      await aborted(signal)
      expect(signal.reason).toMatchObject({ message: expect.stringContaining('lost') })
      completed.push(await complete(async () => expect.unreachable()))
      ended.open()
    },
  })
  await seen('inbox:lease-lost')
  await ended.opened
  await worker.stop()
  expect(completed).toEqual([false])
  expect(types()).toEqual(['inbox:lease-lost'])
  expect(await inbox.find(scope, 'EV-1')).toMatchObject({ state: 'leased', attempts: 2 })
})

test('a loss is reported while the handler still runs, and nothing is renewed after it', async () => {
  stopRenewalClock()
  const [begun, may] = [gate(), gate()]
  let renewals = 0
  const inbox: NotificationInbox = {
    ...createMemoryInbox({ clock: () => 0 }),
    renew: async () => {
      renewals++
      return false
    },
  }
  const { onEvent, types } = listen()
  await claim(inbox, 'EV-1')
  const handler = () => {
    begun.open()
    return may.opened
  }
  const worker = run({ inbox, onEvent, leaseMs: 30, handler, concurrency: 1 })
  await begun.opened
  await elapse(100)
  expect([renewals, types()]).toEqual([1, ['inbox:lease-lost']])
  may.open()
  await worker.stop()
})

test('the signal aborts as soon as the store has not confirmed the lease for `leaseMs`', async () => {
  stopRenewalClock()
  const begun = gate()
  const inbox: NotificationInbox = {
    ...createMemoryInbox({ clock: () => 0 }),
    renew: () => Promise.reject(new Error('not reachable')),
  }
  await claim(inbox, 'EV-1')
  let given: AbortSignal | undefined
  const handler = (_: unknown, { signal }: DeliveryContext<undefined>) => {
    given = signal
    begun.open()
    return aborted(signal)
  }
  run({ inbox, onEvent: () => {}, leaseMs: 30, handler })
  await begun.opened
  await elapse(29)
  expect(given?.aborted).toBe(false)
  await elapse(1)
  expect(given?.aborted).toBe(true)
})

test('the duration of a delivery is in its event', async () => {
  stopRenewalClock()
  const inbox = createMemoryInbox({ clock: () => 0 })
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  await elapse(1000)
  run({ inbox, onEvent, handler: () => elapse(250) })
  expect(await seen('inbox:handled')).toMatchObject({ durationMs: 250 })
})

test('if the store does not confirm a lease for `leaseMs` the handler’s signal aborts', async () => {
  stopRenewalClock()
  const begun = gate()
  const fault = new Error('not reachable')
  const inbox: NotificationInbox = {
    ...createMemoryInbox({ clock: () => 0 }),
    renew: () => Promise.reject(fault),
  }
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  run({
    inbox,
    onEvent,
    leaseMs: 30,
    maxAttempts: 1,
    handler: async (_, { signal }) => {
      begun.open()
      await aborted(signal)
      throw signal.reason
    },
  })
  await begun.opened
  await elapse(60)
  expect(await seen('inbox:error')).toMatchObject({ during: 'renew', error: fault, id: 'EV-1' })
  expect((await seen('inbox:parked')).error).toMatchObject({
    message: 'The lease could not be renewed in time.',
  })
})

test('a lease of months is renewed by the longest possible timer, not in a loop', async () => {
  const intervals = vi.spyOn(globalThis, 'setInterval')
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  run({ inbox, onEvent, leaseMs: 365 * 86_400_000 })
  await seen('inbox:handled')
  expect(intervals.mock.calls.map(([, wait]) => wait)).toEqual([2 ** 31 - 1])
  intervals.mockRestore()
})
