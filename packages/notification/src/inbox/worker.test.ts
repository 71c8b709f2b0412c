import { getEventListeners } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from 'vitest'
import type { ContractNotification } from '../events.ts'
import { contract, envelope, keys, openid, seal } from '../testing/fixtures.ts'
import { unlimited } from './contract/subject.ts'
import type { InboxRecord, NotificationInbox } from './inbox.ts'
import { createMemoryInbox } from './memory.ts'
import { createSqliteInbox, type SqliteTransaction } from './sqlite.ts'
import { createInboxWorker, type InboxWorker } from './worker.ts'
import type { InboxEvent } from './worker-events.ts'
import type { HandOver, InboxHandler, InboxWorkerOptions } from './worker-options.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const scope = keys.merchant.mchid
const otherKey = 'TestingKeyOf32BytesForApiV3Old00'

function sealedRecord(id: string, resource: unknown = seal(JSON.stringify(contract))): InboxRecord {
  const sealed = new TextEncoder().encode(JSON.stringify(envelope(resource, { id })))
  return { id, scope, digest: 'a'.repeat(64), eventType: 'ENTRUST.SIGN', sealed }
}

const claim = (inbox: Pick<NotificationInbox, 'claim'>, ...ids: string[]) =>
  Promise.all(ids.map((id) => inbox.claim(sealedRecord(id), unlimited)))

/** Every event, and a promise of the n-th of a type. */
function listen() {
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
      for (const look of waiting) look()
    },
    async seen<Type extends InboxEvent['type']>(type: Type, count = 1) {
      await new Promise<void>((resolve) => {
        const look = () => {
          if (of(type).length >= count) resolve()
        }
        waiting.add(look)
        look()
      })
      return of(type)[count - 1] as Extract<InboxEvent, { type: Type }>
    },
  }
}

/** A worker that is stopped after the test. Its store is looked into every few milliseconds. */
function run<Tx = undefined>(options: Partial<InboxWorkerOptions<Tx>> & Pick<InboxWorkerOptions<Tx>, 'inbox'>) {
  const given = { apiV3Key: keys.apiV3Key, handler: () => {}, backoff: () => 0, pollMs: 5, ...options }
  const worker: InboxWorker = createInboxWorker(given as InboxWorkerOptions<Tx>)
  ends.push(() => worker.stop({ timeoutMs: 0 }))
  return worker
}

function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

test('a kept notification is opened and handed over, and done when the handler returns', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  const calls: [ContractNotification, HandOver<undefined>][] = []
  await claim(inbox, 'EV-1')
  run({ inbox, onEvent, handler: (...call) => void calls.push(call) })
  expect(await seen('inbox:handled')).toMatchObject({ id: 'EV-1', scope, eventType: 'ENTRUST.SIGN', attempt: 1 })
  const [notification, context] = calls[0] ?? []
  expect(notification).toMatchObject({ id: 'EV-1', kind: 'signed', resource: contract })
  expect(context).toMatchObject({ id: 'EV-1', scope, attempt: 1 })
  expect((await inbox.find(scope, 'EV-1'))?.state).toBe('done')
})

test('what was sealed with the previous APIv3 key opens with a ring of both', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await inbox.claim(sealedRecord('EV-1', seal(JSON.stringify(contract), otherKey)), unlimited)
  run({ inbox, onEvent, apiV3Key: [keys.apiV3Key, otherKey] })
  expect((await seen('inbox:handled')).id).toBe('EV-1')
})

test('what no key opens is tried again, so that the missing key can be given: not-openable', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await inbox.claim(sealedRecord('EV-1', seal(JSON.stringify(contract), otherKey)), unlimited)
  run({ inbox, onEvent, maxAttempts: 3 })
  expect((await seen('inbox:failed', 2)).error).toMatchObject({ code: 'not-openable' })
  await seen('inbox:parked')
  expect((await inbox.find(scope, 'EV-1'))?.error).toContain('NotificationError: The resource opens with none of')
})

test('another merchant’s notification is not handed over: wrong-mchid', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await inbox.claim({ ...sealedRecord('EV-1'), scope: '1900009192' }, unlimited)
  run({ inbox, onEvent, maxAttempts: 1, handler: () => expect.unreachable() })
  expect((await seen('inbox:parked')).error).toMatchObject({ code: 'wrong-mchid' })
})

test('one worker serves several merchants by their scope', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await inbox.claim({ ...sealedRecord('EV-1', seal(JSON.stringify(contract), otherKey)), scope: 'shop' }, unlimited)
  const asked: string[] = []
  const tenant = async (name: string) => {
    asked.push(name)
    return { apiV3Key: otherKey, mchid: keys.merchant.mchid, eventTypes: { signed: ['ENTRUST.SIGN'] } }
  }
  run({ inbox, onEvent, apiV3Key: undefined, tenant })
  await seen('inbox:handled')
  expect(asked).toEqual(['shop'])
})

test('a handler that fails gets it again after the delay, and it is parked after the last attempt', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen, types, of } = listen()
  const attempts: number[] = []
  await claim(inbox, 'EV-1')
  const backoff = (attempt: number) => attempt
  const handler = (_: unknown, { attempt }: HandOver<undefined>) => {
    attempts.push(attempt)
    throw new Error(`no ${attempt}`)
  }
  run({ inbox, onEvent, backoff, handler, maxAttempts: 3 })
  expect(await seen('inbox:parked')).toMatchObject({ id: 'EV-1', attempt: 3 })
  expect(attempts).toEqual([1, 2, 3])
  expect(types()).toEqual(['inbox:failed', 'inbox:failed', 'inbox:parked'])
  expect(of('inbox:failed').map(({ delayMs }) => delayMs)).toEqual([1, 2])
  expect(await inbox.find(scope, 'EV-1')).toMatchObject({ state: 'parked', error: 'Error: no 3', attempts: 3 })
})

test('a poisonous notification holds up no other', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-poison', 'EV-1', 'EV-2')
  const handler = ({ id }: ContractNotification) => {
    if (id === 'EV-poison') throw new Error('poison')
  }
  run({ inbox, onEvent, concurrency: 1, maxAttempts: 4, handler })
  await Promise.all([seen('inbox:handled', 2), seen('inbox:parked')])
})

test('one whose attempts never end, as when the process dies of it, is parked without another call', async () => {
  let time = 0
  const inbox = createMemoryInbox({ clock: () => time })
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  for (let dead = 0; dead < 2; dead++) {
    await inbox.lease({ owner: 'dead', limit: 1, leaseMs: 1 })
    time += 10
  }
  run({ inbox, onEvent, maxAttempts: 2, handler: () => expect.unreachable() })
  expect(await seen('inbox:parked')).toMatchObject({ id: 'EV-1', attempt: 3 })
  expect((await inbox.find(scope, 'EV-1'))?.error).toContain('No attempt has ended')
})

test('what complete writes in the store’s transaction happens once, whatever fails after it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'worker-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'inbox.db')
  const db = new DatabaseSync(path)
  ends.push(() => db.close())
  db.exec('CREATE TABLE effects (id TEXT) STRICT')
  const inbox = await createSqliteInbox(path)
  ends.push(() => inbox.close())
  const { onEvent, seen, types } = listen()
  await claim(inbox, 'EV-1')
  const handler: InboxHandler<SqliteTransaction> = async (_, { id, attempt, complete }) => {
    await complete(async (tx) => {
      tx.run('INSERT INTO effects (id) VALUES (?)', id)
      if (attempt === 1) throw new Error('undone')
    })
    throw new Error('after the completion')
  }
  run({ inbox, onEvent, handler })
  expect(await seen('inbox:error')).toMatchObject({ during: 'handler', id: 'EV-1', attempt: 2 })
  await seen('inbox:handled')
  expect(types()).toEqual(['inbox:failed', 'inbox:error', 'inbox:handled'])
  expect(db.prepare('SELECT id FROM effects').all()).toEqual([{ id: 'EV-1' }])
})

test('a handler that hides the failure of its own completion has failed all the same', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  const handler = (_: unknown, { complete }: HandOver<undefined>) => {
    // Neither awaited nor caught: nothing of it may become an unhandled rejection.
    void complete(async () => {
      throw new Error('undone')
    })
  }
  run({ inbox, onEvent, handler, maxAttempts: 2 })
  expect((await seen('inbox:parked')).error).toMatchObject({ message: 'undone' })
})

test('complete may be called once in an attempt', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  let second: unknown
  run({
    inbox,
    onEvent,
    handler: async (_, { complete }) => {
      expect(await complete()).toBe(true)
      second = await complete().catch((error: unknown) => error)
    },
  })
  await seen('inbox:handled')
  expect(second).toMatchObject({ message: 'complete was already called in this attempt.' })
})

test('a lease is renewed while its handler runs, and no more after it', async () => {
  const inner = createMemoryInbox({ clock: () => 0 })
  const renewals = gate()
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
  let aborted: boolean | undefined
  const handler = async (_: unknown, { signal }: HandOver<undefined>) => {
    await renewals.opened
    aborted = signal.aborted
    throw new Error('no')
  }
  // Six thirds of the lease: it would have run out by now, had the renewals not counted.
  run({ inbox, onEvent, leaseMs: 450, handler, maxAttempts: 1 })
  await seen('inbox:parked')
  expect(aborted).toBe(false)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(count).toBe(6)
  expect(types()).toEqual(['inbox:parked'])
})

test('a store that hangs is asked once to renew, and its late no changes nothing that is done', async () => {
  const inner = createMemoryInbox({ clock: () => 0 })
  const [asked, answered] = [gate(), gate()]
  let count = 0
  const inbox: NotificationInbox = {
    ...inner,
    renew: async () => {
      count++
      asked.open()
      await answered.opened
      return false
    },
  }
  const { onEvent, seen, types } = listen()
  await claim(inbox, 'EV-1')
  const handler = async (_: unknown, { signal }: HandOver<undefined>) => {
    await asked.opened
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
  }
  run({ inbox, onEvent, leaseMs: 15, handler })
  await seen('inbox:handled')
  answered.open()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect([count, types()]).toEqual([1, ['inbox:handled']])
})

test('nothing is renewed while the completion is under way: it would find the record done', async () => {
  const inner = createMemoryInbox({ clock: () => 0 })
  const inbox: NotificationInbox = {
    ...inner,
    renew: async () => false,
    complete: async (lease, apply) => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      return inner.complete(lease, apply)
    },
  }
  const { onEvent, seen, types } = listen()
  await claim(inbox, 'EV-1')
  run({ inbox, onEvent, leaseMs: 90 })
  await seen('inbox:handled')
  expect(types()).toEqual(['inbox:handled'])
})

test('a lost lease aborts the handler’s signal, is told once, and nothing of the attempt is kept', async () => {
  let time = 0
  const inbox = createMemoryInbox({ clock: () => time })
  const { onEvent, seen, types } = listen()
  await claim(inbox, 'EV-1')
  const completed: boolean[] = []
  const ended = gate()
  const worker = run({
    inbox,
    onEvent,
    leaseMs: 20,
    concurrency: 1,
    handler: async (_, { signal, complete }) => {
      time += 1000
      expect(await inbox.lease({ owner: 'another', limit: 1, leaseMs: 60_000 })).toHaveLength(1)
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
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

test('when the store does not confirm a lease for its whole length the handler’s signal aborts', async () => {
  const fault = new Error('not reachable')
  const inbox: NotificationInbox = { ...createMemoryInbox({ clock: () => 0 }), renew: () => Promise.reject(fault) }
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  run({
    inbox,
    onEvent,
    leaseMs: 20,
    maxAttempts: 1,
    handler: (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  })
  expect(await seen('inbox:error')).toMatchObject({ during: 'renew', error: fault, id: 'EV-1' })
  expect((await seen('inbox:parked')).error).toMatchObject({ message: 'The lease could not be renewed in time.' })
})

test('a claim through the worker is handled at once, however seldom it polls', async () => {
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

test('no more handlers run at once than asked for, and all slots are used', async () => {
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

test('stop waits for the handlers that run and takes nothing more', async () => {
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

test('stop gives up on a handler that does not end: its signal aborts, its notification is due again', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, types, events } = listen()
  const [begun, may] = [gate(), gate()]
  await claim(inbox, 'EV-1')
  let context: HandOver<undefined> | undefined
  const handler = (_: unknown, given: HandOver<undefined>) => {
    context = given
    begun.open()
    return may.opened
  }
  const worker = run({ inbox, onEvent, handler })
  await begun.opened
  await worker.stop({ timeoutMs: 1 })
  expect(context?.signal.aborted).toBe(true)
  expect(await inbox.find(scope, 'EV-1')).toMatchObject({ state: 'ready' })
  expect(await context?.complete(async () => expect.unreachable())).toBe(false)
  may.open()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(types()).toEqual(['inbox:failed'])
  expect(events[0]).toMatchObject({ delayMs: 0 })
})

test('stop does not give back what is just being completed', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, types } = listen()
  const [begun, may] = [gate(), gate()]
  await claim(inbox, 'EV-1')
  const handler = (_: unknown, { complete, signal }: HandOver<undefined>) => {
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

test('what was leased while stop was called is given back', async () => {
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
  const stuck = gate()
  const worker = run({ inbox, handler: () => stuck.opened })
  await asked.opened
  const stopped = worker.stop({ timeoutMs: 60_000 })
  may.open()
  await stopped
  expect((await inbox.find(scope, 'EV-1'))?.state).toBe('ready')
})

test('an abort of the signal stops the worker, also one from before', async () => {
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
  expect(timers()).toBe(before)
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
})

test('a backlog is worked off without a pause between two leases', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, ...Array.from({ length: 9 }, (_, at) => `EV-${at}`))
  run({ inbox, onEvent, concurrency: 2, pollMs: 3_600_000 })
  await seen('inbox:handled', 8)
})

test('a store that fails is asked again, and told of', async () => {
  const inner = createMemoryInbox()
  let down = 3
  const inbox: NotificationInbox = {
    ...inner,
    lease: (options) => (down-- > 0 ? Promise.reject(new Error('not reachable')) : inner.lease(options)),
  }
  const { onEvent, seen, of } = listen()
  await claim(inbox, 'EV-1')
  run({ inbox, onEvent, pollMs: 1 })
  await seen('inbox:handled')
  expect(of('inbox:error')).toHaveLength(3)
  expect(of('inbox:error')[0]).toMatchObject({ during: 'lease' })
})

test('when the store cannot take a notification back, its lease runs out and it comes again', async () => {
  let time = 0
  const inner = createMemoryInbox({ clock: () => time })
  const inbox: NotificationInbox = {
    ...inner,
    release: (lease, options) => {
      if (lease.attempt > 1) return inner.release(lease, options)
      time += 60_000
      return Promise.reject(new Error('not reachable'))
    },
  }
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  const handler = () => {
    throw new Error('no')
  }
  run({ inbox, onEvent, handler, maxAttempts: 2 })
  expect(await seen('inbox:error')).toMatchObject({ during: 'release', id: 'EV-1' })
  expect((await seen('inbox:parked')).attempt).toBe(2)
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

test('T-26: no openid and no display account lies in the store in clear, not even in an error that quotes them', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  const handler = (notification: ContractNotification) => {
    throw new Error(`no row for ${notification.plaintext}`)
  }
  run({ inbox, onEvent, handler, maxAttempts: 1 })
  await seen('inbox:parked')
  const entry = await inbox.find(scope, 'EV-1')
  const stored = `${JSON.stringify(entry)}${new TextDecoder().decode(entry?.sealed)}`
  expect(entry?.error).toContain('[redacted]')
  for (const secret of [openid, contract.contract_display_account]) expect(stored).not.toContain(secret)
})

test('numbers that make no sense are refused at once', () => {
  const inbox = createMemoryInbox()
  for (const wrong of [{ concurrency: 0 }, { leaseMs: Number.NaN }, { maxAttempts: 1.5 }, { pollMs: -1 }]) {
    const options = { inbox, apiV3Key: keys.apiV3Key, handler: () => {}, ...wrong }
    expect(() => createInboxWorker(options)).toThrow(Object.keys(wrong)[0])
  }
  expect(() => createInboxWorker({ inbox, apiV3Key: '', handler: () => {} })).toThrow('apiV3Key')
})
