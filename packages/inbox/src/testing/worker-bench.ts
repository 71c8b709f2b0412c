import { afterEach } from 'vitest'
import { contract, envelope, keys, seal } from '../../../notification/src/testing/fixtures.ts'
import { unlimited } from '../contract/subject.ts'
import type { InboxRecord, NotificationInbox } from '../inbox.ts'
import type { InboxEvent } from '../worker/events.ts'
import type { InboxWorkerOptions } from '../worker/options.ts'
import { createInboxWorker, type InboxWorker } from '../worker/worker.ts'

/** What to undo after a test, the last first. */
export const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

export const scope = keys.merchant.mchid
export const otherKey = 'TestingKeyOf32BytesForApiV3Old00'

export function sealedRecord(
  id: string,
  resource: unknown = seal(JSON.stringify(contract)),
): InboxRecord {
  const sealed = new TextEncoder().encode(JSON.stringify(envelope(resource, { id })))
  return { id, scope, digest: 'a'.repeat(64), eventType: 'ENTRUST.SIGN', sealed }
}

export const claim = (inbox: Pick<NotificationInbox, 'claim'>, ...ids: string[]) =>
  Promise.all(ids.map((id) => inbox.claim(sealedRecord(id), unlimited)))

/** Every event, and a promise of the n-th of a type. */
export function listen() {
  const events: InboxEvent[] = []
  const waiting = new Set<() => void>()
  const of = <Type extends InboxEvent['type']>(type: Type) =>
    events.filter((event): event is Extract<InboxEvent, { type: Type }> => event.type === type)
  return {
    events,
    of,
    types: () => events.map(({ type }) => type),
    onEvent: (event: InboxEvent) => {
      events.push(event)
      for (const check of waiting) check()
    },
    async seen<Type extends InboxEvent['type']>(type: Type, count = 1) {
      await new Promise<void>((resolve) => {
        const check = () => {
          if (of(type).length >= count) resolve()
        }
        waiting.add(check)
        check()
      })
      return of(type)[count - 1] as Extract<InboxEvent, { type: Type }>
    },
  }
}

/** A worker that is stopped after the test and polls every 5 ms. */
export function run<Tx = undefined>(
  options: Partial<InboxWorkerOptions<Tx>> & Pick<InboxWorkerOptions<Tx>, 'inbox'>,
) {
  const given = {
    apiV3Key: keys.apiV3Key,
    handler: () => {},
    backoff: () => 0,
    pollMs: 5,
    ...options,
  }
  const worker: InboxWorker = createInboxWorker(given as InboxWorkerOptions<Tx>)
  ends.push(() => worker.stop({ timeoutMs: 0 }))
  return worker
}

export function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}
