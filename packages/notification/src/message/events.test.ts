import { expectTypeOf, test } from 'vitest'
import type {
  ContractNotification,
  EventTypes,
  NotificationRequest,
  ReceiveOptions,
  SignedResource,
} from '../index.ts'
import { receiveNotification } from '../index.ts'

test('types: kind decides what the resource is', () => {
  const read = (event: ContractNotification) => {
    // @ts-expect-error -- before kind is known, the resource is not
    event.resource.contract_id
    if (event.kind === 'unknown') {
      expectTypeOf(event.resource).toBeUnknown()
      // @ts-expect-error -- an unknown resource has no fields
      return event.resource.contract_id
    }
    expectTypeOf(event.kind).toEqualTypeOf<'signed' | 'terminated'>()
    expectTypeOf(event.resource.contract_id).toEqualTypeOf<string | undefined>()
    expectTypeOf(event.resource.service_id).toEqualTypeOf<number | undefined>()
    return event.resource
  }
  expectTypeOf(read).toBeFunction()
  expectTypeOf<SignedResource['a_field_of_tomorrow']>().toBeUnknown()
  expectTypeOf<ContractNotification['plaintext']>().toBeString()
})

test('types: what receives', () => {
  expectTypeOf(receiveNotification).returns.resolves.toEqualTypeOf<ContractNotification>()
  expectTypeOf<Request>().toExtend<NotificationRequest>()
  expectTypeOf<import('node:http').IncomingMessage>().toExtend<NotificationRequest>()
  expectTypeOf<{ headers: Headers; body: Uint8Array }>().toExtend<NotificationRequest>()
  expectTypeOf<{
    headers: import('node:http').IncomingHttpHeaders
    body: Buffer
  }>().toExtend<NotificationRequest>()
  expectTypeOf<{ headers: Headers; body: string }>().not.toExtend<NotificationRequest>()
  expectTypeOf<{ headers: Headers; body: { id: string } }>().not.toExtend<NotificationRequest>()
  expectTypeOf<{ signed: string[] }>().toExtend<EventTypes>()
  // @ts-expect-error -- verification cannot be left out
  const options: ReceiveOptions = { apiV3Key: 'x', mchid: '1900009191' }
  expectTypeOf(options).toEqualTypeOf<ReceiveOptions>()
})
