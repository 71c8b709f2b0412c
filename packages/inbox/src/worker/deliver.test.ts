import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import type { ContractNotification } from '../../../notification/src/message/events.ts'
import { contract, keys, openid, seal } from '../../../notification/src/testing/fixtures.ts'
import { unlimited } from '../contract/subject.ts'
import type { NotificationInbox } from '../inbox.ts'
import { createMemoryInbox } from '../stores/memory.ts'
import { createSqliteInbox, type SqliteTransaction } from '../stores/sqlite/index.ts'
import { claim, ends, listen, otherKey, run, scope, sealedRecord } from '../testing/worker-bench.ts'
import type { DeliveryContext, InboxHandler } from './options.ts'

test('a stored notification is decrypted and passed to the handler, and done when that returns', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  const calls: [ContractNotification, DeliveryContext<undefined>][] = []
  await claim(inbox, 'EV-1')
  run({ inbox, onEvent, handler: (...call) => void calls.push(call) })
  expect(await seen('inbox:handled')).toMatchObject({
    id: 'EV-1',
    scope,
    eventType: 'ENTRUST.SIGN',
    attempt: 1,
  })
  const [notification, context] = calls[0] ?? []
  expect(notification).toMatchObject({ id: 'EV-1', kind: 'signed', resource: contract })
  expect(context).toMatchObject({ id: 'EV-1', scope, attempt: 1 })
  expect((await inbox.find(scope, 'EV-1'))?.state).toBe('done')
})

test('a resource encrypted with the previous APIv3 key is decrypted with a list of both keys', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await inbox.claim(sealedRecord('EV-1', seal(JSON.stringify(contract), otherKey)), unlimited)
  run({ inbox, onEvent, apiV3Key: [keys.apiV3Key, otherKey] })
  expect((await seen('inbox:handled')).id).toBe('EV-1')
})

test('a resource that no key decrypts is retried, so that the missing key can be added: not-openable', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await inbox.claim(sealedRecord('EV-1', seal(JSON.stringify(contract), otherKey)), unlimited)
  run({ inbox, onEvent, maxAttempts: 3 })
  expect((await seen('inbox:failed', 2)).error).toMatchObject({ code: 'not-openable' })
  await seen('inbox:parked')
  expect((await inbox.find(scope, 'EV-1'))?.error).toContain(
    'NotificationError: resource.ciphertext',
  )
})

test('a notification of another merchant does not reach the handler: wrong-mchid', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await inbox.claim({ ...sealedRecord('EV-1'), scope: '1900009192' }, unlimited)
  run({ inbox, onEvent, maxAttempts: 1, handler: () => expect.unreachable() })
  expect((await seen('inbox:parked')).error).toMatchObject({ code: 'wrong-mchid' })
})

test('one worker serves several merchants by their scope', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await inbox.claim(
    { ...sealedRecord('EV-1', seal(JSON.stringify(contract), otherKey)), scope: 'shop' },
    unlimited,
  )
  const asked: string[] = []
  const tenant = async (name: string) => {
    asked.push(name)
    return {
      apiV3Key: otherKey,
      mchid: keys.merchant.mchid,
      eventTypes: { signed: ['ENTRUST.SIGN'] },
    }
  }
  run({ inbox, onEvent, apiV3Key: undefined, tenant })
  await seen('inbox:handled')
  expect(asked).toEqual(['shop'])
})

test('a failed notification is delivered again after the delay, and parked after the last attempt', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen, types, of } = listen()
  const attempts: number[] = []
  await claim(inbox, 'EV-1')
  const backoff = (attempt: number) => attempt
  const handler = (_: unknown, { attempt }: DeliveryContext<undefined>) => {
    attempts.push(attempt)
    throw new Error(`no ${attempt}`)
  }
  run({ inbox, onEvent, backoff, handler, maxAttempts: 3 })
  expect(await seen('inbox:parked')).toMatchObject({ id: 'EV-1', attempt: 3 })
  expect(attempts).toEqual([1, 2, 3])
  expect(types()).toEqual(['inbox:failed', 'inbox:failed', 'inbox:parked'])
  expect(of('inbox:failed').map(({ delayMs }) => delayMs)).toEqual([1, 2])
  expect(await inbox.find(scope, 'EV-1')).toMatchObject({
    state: 'parked',
    error: 'Error: no 3',
    attempts: 3,
  })
})

test('a notification whose attempts never end, because the process dies, is parked without another call', async () => {
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

test('the writes of complete happen once, whatever fails after it', async () => {
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

test('if its completion fails the attempt fails, even if the handler ignores it', async () => {
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  const handler = (_: unknown, { complete }: DeliveryContext<undefined>) => {
    // Neither awaited nor caught: nothing of it may become an unhandled rejection.
    void complete(async () => {
      throw new Error('undone')
    })
  }
  run({ inbox, onEvent, handler, maxAttempts: 2 })
  expect((await seen('inbox:parked')).error).toMatchObject({ message: 'undone' })
})

test('complete may be called once per attempt', async () => {
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

test('T-36: a backoff that throws is reported and does not end the process; the lease runs out', async () => {
  let time = 0
  const inbox = createMemoryInbox({ clock: () => time })
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  const fault = new Error('backoff')
  const backoff = () => {
    time += 60_000
    throw fault
  }
  const handler = () => {
    throw new Error('no')
  }
  run({ inbox, onEvent, handler, backoff, maxAttempts: 2 })
  expect(await seen('inbox:error')).toMatchObject({ during: 'release', error: fault, id: 'EV-1' })
  expect((await seen('inbox:parked')).attempt).toBe(2)
})

test('if the store cannot release a notification, its lease runs out and it is delivered again', async () => {
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

test('T-26: no openid and no display account is stored unencrypted, even if an error quotes them', async () => {
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
  for (const secret of [openid, contract.contract_display_account])
    expect(stored).not.toContain(secret)
})
