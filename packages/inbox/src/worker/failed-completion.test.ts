import { expect, onTestFinished, test, vi } from 'vitest'
import type { NotificationInbox } from '../inbox.ts'
import { createMemoryInbox } from '../stores/memory.ts'
import { claim, gate, listen, run, scope } from '../testing/worker-bench.ts'
import type { DeliveryContext } from './options.ts'

/** What no one handled. Node would end the process; vitest's own listener fails the run. */
function unhandled() {
  const reasons: unknown[] = []
  const listeners = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', (reason) => reasons.push(reason))
  onTestFinished(() => {
    process.removeAllListeners('unhandledRejection')
    for (const listener of listeners) process.on('unhandledRejection', listener)
  })
  return reasons
}

const turns = () => new Promise((resolve) => setTimeout(resolve, 20))

test('T-36: a completion that fails while the handler still runs is no unhandled rejection, and the attempt fails', async () => {
  const reasons = unhandled()
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  const handler = async (_: unknown, { complete }: DeliveryContext<undefined>) => {
    void complete(async () => {
      throw new Error('undone')
    })
    await turns()
  }
  run({ inbox, onEvent, handler, maxAttempts: 1 })
  expect((await seen('inbox:parked')).error).toMatchObject({ message: 'undone' })
  expect(reasons).toEqual([])
})

test('a handler that fails after its completion failed is reported with its own error, and tried again', async () => {
  const reasons = unhandled()
  const inbox = createMemoryInbox()
  const { onEvent, seen, types } = listen()
  await claim(inbox, 'EV-1')
  const handler = async (_: unknown, { complete, attempt }: DeliveryContext<undefined>) => {
    if (attempt === 2) return
    await complete(async () => {
      throw new Error('undone')
    }).catch(() => {})
    throw new Error('after it')
  }
  run({ inbox, onEvent, handler })
  expect((await seen('inbox:failed')).error).toMatchObject({ message: 'after it' })
  await seen('inbox:handled')
  expect(types()).toEqual(['inbox:failed', 'inbox:handled'])
  expect(reasons).toEqual([])
})

test('a completion that fails after stop timed out releases its notification', async () => {
  const reasons = unhandled()
  const inbox = createMemoryInbox()
  const { onEvent, types, events } = listen()
  const [begun, may] = [gate(), gate()]
  await claim(inbox, 'EV-1')
  const handler = (_: unknown, { complete, signal }: DeliveryContext<undefined>) => {
    signal.addEventListener('abort', may.open)
    return complete(async () => {
      begun.open()
      await may.opened
      throw new Error('undone')
    })
  }
  const worker = run({ inbox, onEvent, handler })
  await begun.opened
  await worker.stop({ timeoutMs: 1 })
  await turns()
  expect(types()).toEqual(['inbox:failed'])
  expect(events[0]).toMatchObject({ error: { message: 'undone' } })
  expect((await inbox.find(scope, 'EV-1'))?.state).toBe('ready')
  expect(reasons).toEqual([])
})

test('a completion that finds the lease lost is reported as lost, and not as handled', async () => {
  const inbox: NotificationInbox = { ...createMemoryInbox(), complete: async () => false }
  const { onEvent, seen, types } = listen()
  await claim(inbox, 'EV-1')
  run({ inbox, onEvent })
  expect(await seen('inbox:lease-lost')).toMatchObject({ id: 'EV-1', scope, attempt: 1 })
  await turns()
  expect(types()).toEqual(['inbox:lease-lost'])
})

test.each([
  ['released', 5],
  ['parked', 1],
])(
  'a lease that is lost before the record is %s is reported as lost, and as nothing else',
  async (_, maxAttempts) => {
    const inner = createMemoryInbox()
    // Another consumer got it meanwhile.
    const inbox: NotificationInbox = { ...inner, release: async () => false }
    const { onEvent, events, types } = listen()
    await claim(inbox, 'EV-1')
    const handler = () => {
      throw new Error('no')
    }
    run({ inbox, onEvent, handler, maxAttempts })
    await vi.waitFor(() => expect(types()).toContain('inbox:lease-lost'), { timeout: 5_000 })
    expect(events[0]).toMatchObject({ id: 'EV-1', scope, attempt: 1 })
    await turns()
    expect(types()).toEqual(['inbox:lease-lost'])
  },
)
