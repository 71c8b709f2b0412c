import { present, rejection, same, sameBytes } from './check.ts'
import {
  type Cases,
  claimAll,
  day,
  idsOf,
  leaseAll,
  leased,
  leaseOne,
  minute,
  record,
  unlimited,
} from './subject.ts'

const scope = '1900009191'

/** Statistics, lists, retries and pruning: what operators use. */
export const upkeep: Cases = {
  'stats count the records by state and report the age of the oldest ready one': async (
    subject,
  ) => {
    const { inbox, other, elapse } = subject
    same(
      await inbox.stats(),
      { ready: 0, leased: 0, parked: 0, done: 0, oldestReadyMs: 0 },
      'of an empty store',
    )
    await inbox.complete(await leased(subject, 'EV-done'))
    await inbox.release(await leased(subject, 'EV-parked'), { delayMs: 0, error: 'x', park: true })
    await inbox.release(await leased(subject, 'EV-delayed'), { delayMs: day, error: 'x' })
    await leased(subject, 'EV-leased', 10 * minute)
    await elapse(minute)
    await claimAll(subject, 'EV-new')
    const { oldestReadyMs, ...counts } = await other.stats()
    same(counts, { ready: 2, leased: 1, parked: 1, done: 1 }, 'counts')
    same(
      oldestReadyMs >= minute && oldestReadyMs < 2 * minute,
      true,
      `the oldest's age, ${oldestReadyMs} ms`,
    )
  },

  'list returns the records, by state and up to a limit': async (subject) => {
    const { inbox } = subject
    await inbox.complete(await leased(subject, 'EV-done'))
    await inbox.release(await leased(subject, 'EV-parked'), { delayMs: 0, error: 'x', park: true })
    await leased(subject, 'EV-leased')
    await claimAll(subject, 'EV-1', 'EV-2', 'EV-3')
    const list = async (options?: Parameters<typeof inbox.list>[0]) =>
      (await inbox.list(options)).map(({ id, state }) => `${id} ${state}`).sort()
    same((await list()).length, 6, 'all')
    same(await list({ state: 'ready' }), ['EV-1 ready', 'EV-2 ready', 'EV-3 ready'], 'ready')
    same(await list({ state: 'leased' }), ['EV-leased leased'], 'leased')
    same(await list({ state: 'parked' }), ['EV-parked parked'], 'parked')
    same(await list({ state: 'done' }), ['EV-done done'], 'done')
    same((await list({ state: 'ready', limit: 2 })).length, 2, 'ready, at most two')
    same((await list({ limit: 4 })).length, 4, 'at most four')
  },

  'find returns all fields of one record, or undefined': async (subject) => {
    const { inbox, now } = subject
    const before = await now()
    await inbox.claim(record('EV-1'), unlimited)
    const entry = present(await inbox.find(scope, 'EV-1'), 'find')
    const { id, digest, eventType } = record('EV-1')
    same(
      [entry.id, entry.scope, entry.digest, entry.eventType],
      [id, scope, digest, eventType],
      'the record',
    )
    same([entry.state, entry.attempts, entry.error], ['ready', 0, undefined], 'its state')
    sameBytes(entry.sealed, record('EV-1').sealed, 'sealed')
    // The store's clock and `now` may round differently.
    const near = (date: Date) => Math.abs(date.getTime() - before) < minute
    same([near(entry.receivedAt), near(entry.dueAt)], [true, true], 'received and due about now')
    await inbox.lease({ owner: 'contract', limit: 1, leaseMs: 30 * minute })
    const held = present(await inbox.find(scope, 'EV-1'), 'find')
    const left = held.dueAt.getTime() - before
    same(left > 29 * minute && left < 31 * minute, true, `the lease runs out in ${left} ms`)
    same(await inbox.find(scope, 'EV-2'), undefined, 'another id')
    same(await inbox.find('1900009192', 'EV-1'), undefined, 'another scope')
  },

  'retry makes a parked record due with its attempts counted from 0, and changes no other record':
    async (subject) => {
      const { inbox, other } = subject
      same(await inbox.retry(scope, 'EV-1'), false, 'an unknown record')
      const lease = await leased(subject)
      same(await inbox.retry(scope, 'EV-1'), false, 'a leased record')
      await inbox.release(lease, { delayMs: day, error: 'poison', park: true })
      same(await inbox.retry('1900009192', 'EV-1'), false, "another scope's")
      same(await other.retry(scope, 'EV-1'), true, 'a parked record')
      same(await inbox.retry(scope, 'EV-1'), false, 'a ready record')
      const again = await leaseOne(inbox)
      same([again.record.id, again.attempt], ['EV-1', 1], 'the lease')
      same(await inbox.complete(lease), false, 'complete with the lease from before')
      same(await inbox.complete(again), true, 'complete')
      same(await inbox.retry(scope, 'EV-1'), false, 'a done record')
    },

  'prune rejects a horizon of less than 7 days': async (subject) => {
    const { inbox, now, elapse } = subject
    await inbox.complete(await leased(subject))
    await elapse(8 * day)
    const error = await rejection(
      inbox.prune({ doneBefore: new Date((await now()) - 6.9 * day) }),
      'prune',
    )
    same(error instanceof Error, true, 'an Error')
    await rejection(
      inbox.prune({ doneBefore: new Date((await now()) + day) }),
      'prune of the future',
    )
    await rejection(inbox.prune({ doneBefore: new Date(Number.NaN) }), 'prune of no date')
    same((await inbox.find(scope, 'EV-1'))?.state, 'done', 'state')
  },

  'prune deletes the records done before the horizon, and nothing else': async (subject) => {
    const { inbox, other, now, elapse } = subject
    await claimAll(subject, 'EV-ready')
    const slow = await leaseOne(inbox, 60 * day)
    await inbox.complete(await leased(subject, 'EV-old'))
    await inbox.release(await leased(subject, 'EV-parked'), { delayMs: 0, error: 'x', park: true })
    await elapse(5 * day)
    // Received long ago but done recently: the time of completion counts.
    same(await inbox.complete(slow), true, 'complete of the slow one')
    await claimAll(subject, 'EV-waiting')
    await elapse(5 * day)
    same(await other.prune({ doneBefore: new Date((await now()) - 8 * day) }), 1, 'pruned')
    const left = (await inbox.list()).map(({ id }) => id).sort()
    same(left, ['EV-parked', 'EV-ready', 'EV-waiting'], 'what is left')
    same(await inbox.claim(record('EV-old'), unlimited), 'new', 'a claim of a deleted record')
    same(
      await inbox.claim(record('EV-ready'), unlimited),
      'duplicate',
      'a claim of a record that is left',
    )
    same(await other.prune({ doneBefore: new Date((await now()) - 8 * day) }), 0, 'pruned again')
  },

  'prune under load deletes only old records, and no claim is lost': async (subject) => {
    const { inbox, other, now, elapse } = subject
    for (let at = 0; at < 60; at++) await inbox.claim(record(`EV-old-${at}`), unlimited)
    for (const lease of await leaseAll(inbox)) await inbox.complete(lease)
    await elapse(9 * day)
    const doneBefore = new Date((await now()) - 8 * day)
    const [pruned, claimed, worked] = await Promise.all([
      Promise.all(
        Array.from({ length: 5 }, (_, at) => (at % 2 === 0 ? inbox : other).prune({ doneBefore })),
      ),
      Promise.all(
        Array.from({ length: 60 }, (_, at) => inbox.claim(record(`EV-new-${at}`), unlimited)),
      ),
      (async () => {
        let done = 0
        for (const lease of await leaseAll(other, 20)) if (await other.complete(lease)) done++
        return done
      })(),
    ])
    same(
      pruned.reduce((sum, one) => sum + one, 0),
      60,
      'pruned',
    )
    same(new Set(claimed).size === 1 && claimed[0], 'new', 'claims')
    const { ready, done } = await inbox.stats()
    same([ready + done, done], [60, worked], 'records left, and of them done')
    same(idsOf(await leaseAll(inbox, 100)).length, ready, 'leases')
  },

  'close may be called twice': async ({ inbox, other }) => {
    await inbox.close()
    await inbox.close()
    await other.close()
  },
}
