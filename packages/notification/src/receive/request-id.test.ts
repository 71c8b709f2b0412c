import { expect, test } from 'vitest'
import type { NotificationEvent } from '../respond/events.ts'
import { handleNotification } from '../respond/handle.ts'
import { envelope, keys, options, seal, signed } from '../testing/fixtures.ts'
import { receiveNotification } from './receive.ts'

const hostile = `\u001b[31m${'x'.repeat(2000)}\r\nforged line\u202e`
const rejected = signed(envelope(), undefined, keys.other.privateKey)
const notOpenable = signed(envelope(seal('{}', 'k'.repeat(32))))
const messages = [signed(), rejected, notOpenable, { ...signed(), body: new Uint8Array(70_000) }]

test.each([
  ['text', hostile],
  ['a list', [hostile, 'other']],
])('a Request-ID as %s is cut and cleaned in every error and event', async (_, value) => {
  const events: NotificationEvent[] = []
  const onEvent = (event: NotificationEvent) => events.push(event)
  const inbox = { claim: async () => 'conflict' as const }
  for (const { headers, body } of messages) {
    const message = { headers: { ...headers, 'Request-ID': value }, body }
    const error = await receiveNotification(message, { ...options, onEvent }).catch(
      (thrown) => thrown,
    )
    if (error instanceof Error) expect((error as { requestId?: unknown }).requestId).toBe(shown)
    await handleNotification(message, { ...options, onEvent, onNotification: () => {} })
    await handleNotification(message, { ...options, onEvent, inbox })
  }
  expect(events).toHaveLength(12)
  for (const event of events) expect(event.requestId).toBe(shown)
})

const shown = `[31m${'x'.repeat(124)}…`
