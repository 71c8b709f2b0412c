import { expect, test } from 'vitest'
import type { ContractNotification } from '../../../notification/src/message/events.ts'
import { keys } from '../../../notification/src/testing/fixtures.ts'
import { unlimited } from '../contract/subject.ts'
import type { NotificationInbox } from '../inbox.ts'
import { createMemoryInbox } from '../stores/memory.ts'
import { claim, listen, run, sealedRecord } from '../testing/worker-bench.ts'
import type { InboxEvent } from './events.ts'
import { createInboxWorker } from './worker.ts'

test('a notification that always fails does not block the others', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-poison', 'EV-1', 'EV-2')
  const handler = ({ id }: ContractNotification) => {
    if (id === 'EV-poison') throw new Error('poison')
  }
  run({ inbox, onEvent, concurrency: 1, maxAttempts: 4, handler })
  await Promise.all([seen('inbox:handled', 2), seen('inbox:parked')])
})

test('a claim through the worker is handled at once, whatever the polling interval', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  const worker = run({ inbox, onEvent, pollMs: 3_600_000 })
  for (const [at, id] of ['EV-1', 'EV-2', 'EV-3'].entries()) {
    expect(await worker.claim(sealedRecord(id), unlimited)).toBe('new')
    await seen('inbox:handled', at + 1)
  }
  expect(await worker.claim(sealedRecord('EV-1'), unlimited)).toBe('duplicate')
  await claim(inbox, 'EV-4')
  worker.wake()
  await seen('inbox:handled', 4)
})

test('as many handlers run at once as `concurrency` allows, and never more', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, ...Array.from({ length: 20 }, (_, at) => `EV-${at}`))
  let active = 0
  let most = 0
  const handler = async () => {
    most = Math.max(most, ++active)
    await new Promise((resolve) => setTimeout(resolve, 2))
    active--
  }
  run({ inbox, onEvent, handler, concurrency: 3 })
  await seen('inbox:handled', 20)
  expect(most).toBe(3)
})

test('a backlog is handled without a pause between two leases', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, ...Array.from({ length: 9 }, (_, at) => `EV-${at}`))
  run({ inbox, onEvent, concurrency: 2, pollMs: 3_600_000 })
  await seen('inbox:handled', 8)
})

test('a failure of the store is reported, and leasing is retried', async () => {
  const inner = createMemoryInbox()
  let down = 3
  const inbox: NotificationInbox = {
    ...inner,
    lease: (options) =>
      down-- > 0 ? Promise.reject(new Error('not reachable')) : inner.lease(options),
  }
  const { onEvent, seen, of } = listen()
  await claim(inbox, 'EV-1')
  run({ inbox, onEvent, pollMs: 1 })
  await seen('inbox:handled')
  expect(of('inbox:error')).toHaveLength(3)
  expect(of('inbox:error')[0]).toMatchObject({ during: 'lease' })
})

test('a listener that throws, or rejects, changes nothing', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1', 'EV-2')
  const listener = (event: InboxEvent) => {
    onEvent(event)
    if (event.type === 'inbox:handled' && event.id === 'EV-1') throw new Error('listener')
    return Promise.reject(new Error('listener'))
  }
  run({ inbox, onEvent: listener })
  await seen('inbox:handled', 2)
})

test('invalid numbers are rejected at once', () => {
  const inbox = createMemoryInbox()
  for (const wrong of [
    { concurrency: 0 },
    { leaseMs: Number.NaN },
    { maxAttempts: 1.5 },
    { pollMs: -1 },
  ]) {
    const options = { inbox, apiV3Key: keys.apiV3Key, handler: () => {}, ...wrong }
    expect(() => createInboxWorker(options)).toThrow(Object.keys(wrong)[0])
  }
  expect(() => createInboxWorker({ inbox, apiV3Key: '', handler: () => {} })).toThrow('apiV3Key')
})
