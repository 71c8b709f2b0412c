import type { NotificationOf } from '@wechatpay-entrust/notification'
import { expect, expectTypeOf, test } from 'vitest'
import { orders } from '../../../core/src/testing/orders.ts'
import { envelope, keys, seal } from '../../../notification/src/testing/fixtures.ts'
import { unlimited } from '../contract/subject.ts'
import { createMemoryInbox } from '../stores/memory.ts'
import { gate, scope, sealedRecord } from '../testing/worker-bench.ts'
import { createInboxWorker } from './worker.ts'

test('with spec, the handler gets the typed event of a webhook', async () => {
  const inbox = createMemoryInbox()
  const eventType = 'REFUND.SUCCESS'
  const resource = seal(JSON.stringify({ mchid: scope, refund_id: 'R1' }))
  const sealed = Buffer.from(
    JSON.stringify(envelope(resource, { id: 'EV-1', event_type: eventType })),
  )
  await inbox.claim({ ...sealedRecord('EV-1'), eventType, sealed }, unlimited)
  const handled = gate()
  const seen: unknown[] = []
  const eventTypes = { refunded: [eventType] } as const
  const worker = createInboxWorker({
    inbox,
    apiV3Key: keys.apiV3Key,
    spec: orders,
    eventTypes,
    handler(notification) {
      expectTypeOf(notification).toEqualTypeOf<NotificationOf<typeof orders, typeof eventTypes>>()
      if (notification.kind === 'event' && notification.event_type === 'REFUND.SUCCESS')
        seen.push(notification.resource.refund_id)
      handled.open()
    },
  })
  await handled.opened
  await worker.stop()
  expect(seen).toEqual(['R1'])
})
