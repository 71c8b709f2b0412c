import { expect, test } from 'vitest'
import { keys } from '../../../notification/src/testing/fixtures.ts'
import { record, unlimited } from '../contract/subject.ts'
import { createMemoryInbox } from '../stores/memory.ts'
import { createInboxWorker } from './worker.ts'

test('with a synchronous store a backlog does not block the event loop', async () => {
  const inbox = createMemoryInbox()
  for (let at = 0; at < 20; at++) await inbox.claim(record(`EV-${at}`), unlimited)
  let events = 0
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const worker = createInboxWorker({
    ...{ inbox, apiV3Key: keys.apiV3Key, concurrency: 2, handler: () => {} },
    onEvent: () => {
      if (++events === 20) end()
    },
  })
  const seen = new Set<number>()
  const look = () => {
    seen.add(events)
    if (events < 20) setImmediate(look)
  }
  setImmediate(look)
  await ended
  await worker.stop()
  expect(seen.size).toBeGreaterThan(5)
})
