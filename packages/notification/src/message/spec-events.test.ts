import type { Spec } from '@wechatpay-entrust/core'
import { expect, expectTypeOf, test } from 'vitest'
import { orders } from '../../../core/src/testing/orders.ts'
import { createWebHandler } from '../adapters/web.ts'
import {
  type ContractNotification,
  handleNotification,
  type NotificationOf,
  openNotification,
  receiveNotification,
  type SpecNotification,
} from '../index.ts'
import { envelope, keys, options as plain, seal, signed } from '../testing/fixtures.ts'

const { expect: _, eventTypes: __, spec: ___, ...options } = plain
const resource = { mchid: keys.merchant.mchid, out_trade_no: 'Order1', amount: 5 }
const message = (event_type: string, content: unknown = resource) =>
  signed(envelope(seal(JSON.stringify(content)), { event_type }))
const eventTypes = { refunded: ['REFUND.SUCCESS'] } as const

test('an event type of the spec has the kind event and its resource', async () => {
  const event = await receiveNotification(message('TRANSACTION.SUCCESS'), {
    ...options,
    spec: orders,
  })
  expect(event).toMatchObject({
    kind: 'event',
    event_type: 'TRANSACTION.SUCCESS',
    original_type: 'entrust',
    resource,
    plaintext: JSON.stringify(resource),
  })
})

test('a webhook whose document names no event type gets them from eventTypes', async () => {
  const receiving = { ...options, spec: orders }
  const refunded = message('REFUND.SUCCESS')
  expect((await receiveNotification(refunded, receiving)).kind).toBe('unknown')
  const event = await receiveNotification(refunded, { ...receiving, eventTypes })
  expect(event.kind).toBe('event')
  expect((await openNotification(refunded.body, { ...receiving, eventTypes })).kind).toBe('event')
})

test('our own kinds come first, and other event types stay unknown', async () => {
  const greedy: Spec = {
    ...orders,
    operations: {},
    webhooks: { all: { eventTypes: ['ENTRUST.SIGN', 'ENTRUST.TERMINATE', 'OTHER'] } },
  }
  const kindOf = async (type: string, content?: unknown) =>
    (await receiveNotification(message(type, content), { ...options, spec: [orders, greedy] })).kind
  expect(await kindOf('ENTRUST.SIGN')).toBe('signed')
  expect(await kindOf('ENTRUST.TERMINATE')).toBe('terminated')
  expect(await kindOf('OTHER')).toBe('event')
  expect(await kindOf('TRANSACTION.SUCCESS')).toBe('event')
  expect(await kindOf('TRANSACTION.FAILURE')).toBe('unknown')
  expect(await kindOf('toString')).toBe('unknown')
  expect(await kindOf('OTHER', ['no object'])).toBe('unknown')
})

test('without a spec the same notification is unknown, as before', async () => {
  const event = await receiveNotification(message('TRANSACTION.SUCCESS'), options)
  expect(event.kind).toBe('unknown')
  expectTypeOf(event).toEqualTypeOf<ContractNotification>()
})

test('handlers and adapters deliver the typed event', async () => {
  const seen: unknown[] = []
  const { headers, body } = message('TRANSACTION.SUCCESS')
  const response = await handleNotification(
    { method: 'POST', headers, body },
    {
      ...options,
      spec: orders,
      onNotification(event) {
        if (event.kind !== 'event') return
        expectTypeOf(event.event_type).toEqualTypeOf<'TRANSACTION.SUCCESS'>()
        seen.push(event.resource.amount)
      },
    },
  )
  const POST = createWebHandler({
    ...options,
    spec: orders,
    expect: (event) => event.kind === 'event' && event.resource.amount === 5,
    onNotification: (event) => void seen.push(event.kind),
  })
  const request = new Request('https://a.test', { method: 'POST', headers, body: body.slice() })
  expect([response.status, (await POST(request)).status, ...seen]).toEqual([204, 204, 5, 'event'])
})

test('a wrong spec, and an event type of no webhook, are rejected by name', async () => {
  const given = (more: object) => receiveNotification(message('X'), { ...options, ...more })
  await expect(given({ spec: { openapi: '3.1.0', paths: {} } })).rejects.toMatchObject({
    name: 'ConfigurationError',
    code: 'openapi-document',
    slot: 'spec',
  })
  await expect(given({ spec: [orders, { ...orders, webhooks: { a: {} } }] })).rejects.toMatchObject(
    { code: 'malformed-spec', slot: 'spec[1].webhooks.a.eventTypes' },
  )
  await expect(given({ spec: orders, eventTypes: { refund: ['X'] } })).rejects.toMatchObject({
    code: 'unknown-option',
    slot: 'eventTypes.refund',
    message: expect.stringContaining('expected refunded'),
  })
  await expect(given({ eventTypes: { refunded: ['X'] } })).rejects.toMatchObject({
    code: 'unknown-option',
  })
})

test('types: event_type says what the resource is', () => {
  type Event = NotificationOf<typeof orders, typeof eventTypes>
  const read = (event: Event) => {
    if (event.kind !== 'event') return expectTypeOf(event).toEqualTypeOf<ContractNotification>()
    // @ts-expect-error -- before event_type is known, the resource is not
    event.resource.amount
    if (event.event_type === 'TRANSACTION.SUCCESS')
      return expectTypeOf(event.resource.amount).toEqualTypeOf<number | undefined>()
    expectTypeOf(event.event_type).toEqualTypeOf<'REFUND.SUCCESS'>()
    return expectTypeOf(event.resource.refund_id).toEqualTypeOf<string | undefined>()
  }
  expectTypeOf(read).toBeFunction()
  expectTypeOf<NotificationOf>().toEqualTypeOf<ContractNotification>()
  expectTypeOf<NotificationOf<Spec>>().toEqualTypeOf<
    ContractNotification | SpecNotification<string, { readonly [field: string]: unknown }>
  >()
})
