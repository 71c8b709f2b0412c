import { present, rejection, same } from './check.ts'
import { type Cases, claimAll, day, idsOf, leaseAll, leased, leaseOne, minute } from './subject.ts'

/** Who may work on a record, and until when. */
export const leases: Cases = {
  'lease returns the oldest records first, and at most the limit': async (subject) => {
    await claimAll(subject, 'EV-c', 'EV-a', 'EV-b')
    same(idsOf(await leaseAll(subject.inbox, 2)), ['EV-c', 'EV-a'], 'first two')
    same(idsOf(await leaseAll(subject.inbox, 2)), ['EV-b'], 'the rest')
    same(idsOf(await leaseAll(subject.inbox, 2)), [], 'nothing left')
  },

  'a leased record is leased to no one else': async (subject) => {
    const lease = await leased(subject)
    same(lease.attempt, 1, 'attempt')
    same(idsOf(await leaseAll(subject.other)), [], "another consumer's lease")
    same(idsOf(await leaseAll(subject.inbox)), [], 'a second lease')
    const entry = present(await subject.other.find('1900009191', 'EV-1'), 'find')
    same([entry.state, entry.attempts], ['leased', 1], 'the entry')
  },

  'two consumers at once never lease the same record': async (subject) => {
    const ids = Array.from({ length: 60 }, (_, at) => `EV-${at}`)
    await claimAll(subject, ...ids)
    const all: string[] = []
    for (let round = 0; round < 60 && all.length < ids.length; round++) {
      const both = [subject.inbox, subject.other, subject.inbox, subject.other]
      all.push(...idsOf((await Promise.all(both.map((inbox) => leaseAll(inbox, 3)))).flat()))
    }
    same(all.length, 60, 'leases')
    same(new Set(all).size, 60, 'records leased')
  },

  'after a lease ran out another consumer gets the record, and calls with the first lease fail':
    async (subject) => {
      const { inbox, other, elapse } = subject
      const first = await leased(subject, 'EV-1', 50)
      await elapse(100)
      const second = await leaseOne(other)
      same([second.attempt, second.record.id], [2, 'EV-1'], 'the second lease')
      same(second.token === first.token, false, 'the tokens are the same')
      same(await inbox.renew(first, minute), false, 'renew by the first')
      same(
        await inbox.release(first, { delayMs: 0, error: 'late', park: true }),
        false,
        'release by the first',
      )
      same(await inbox.complete(first), false, 'complete by the first')
      same((await inbox.find('1900009191', 'EV-1'))?.state, 'leased', 'state')
      same(await other.renew(second, minute), true, 'renew by the second')
      same(await other.complete(second), true, 'complete by the second')
    },

  'a second lease of the same owner makes the first one invalid': async ({
    inbox,
    elapse,
    ...rest
  }) => {
    const first = await leased({ inbox, elapse, ...rest }, 'EV-1', 50)
    await elapse(100)
    const second = await leaseOne(inbox)
    same(await inbox.complete(first), false, 'complete with the old token')
    same(await inbox.complete(second), true, 'complete with the new one')
  },

  'a renewed lease lasts from the time of the renewal': async (subject) => {
    const lease = await leased(subject, 'EV-1', minute)
    same(await subject.inbox.renew(lease, 2 * day), true, 'renew')
    await subject.elapse(day)
    same(idsOf(await leaseAll(subject.other)), [], 'still leased')
    same(await subject.inbox.renew(lease, 1), true, 'renewed for a moment')
    await subject.elapse(50)
    same(idsOf(await leaseAll(subject.other)), ['EV-1'], 'free again')
  },

  'leases that ran out also count as attempts': async (subject) => {
    await leased(subject, 'EV-1', 1)
    for (const attempt of [2, 3, 4]) {
      await subject.elapse(50)
      same((await leaseOne(subject.other, 1)).attempt, attempt, 'attempt')
    }
  },

  'a released record is due after its delay': async (subject) => {
    const { inbox, other, elapse } = subject
    const lease = await leased(subject)
    same(await inbox.release(lease, { delayMs: day, error: 'not reachable' }), true, 'release')
    same(idsOf(await leaseAll(other)), [], 'before the delay')
    const entry = present(await inbox.find('1900009191', 'EV-1'), 'find')
    same([entry.state, entry.error, entry.attempts], ['ready', 'not reachable', 1], 'the entry')
    await elapse(day + 1000)
    same((await leaseOne(other)).attempt, 2, 'attempt after the delay')
  },

  'a record released without delay is due at once, and its lease is over': async (subject) => {
    const lease = await leased(subject)
    same(await subject.inbox.release(lease, { delayMs: 0, error: 'stopping' }), true, 'release')
    same(
      await subject.inbox.release(lease, { delayMs: 0, error: 'again' }),
      false,
      'released twice',
    )
    same(await subject.inbox.renew(lease, minute), false, 'renew after release')
    same(await subject.inbox.complete(lease), false, 'complete after release')
    same((await leaseOne(subject.other)).attempt, 2, 'attempt')
  },

  'a record that waits for its delay does not block the others': async (subject) => {
    const lease = await leased(subject)
    await subject.inbox.release(lease, { delayMs: day, error: 'later' })
    await claimAll(subject, 'EV-2', 'EV-3')
    same(idsOf(await leaseAll(subject.inbox, 2)), ['EV-2', 'EV-3'], 'leases')
  },

  'a parked record is not leased again and does not block the others': async (subject) => {
    const { inbox, other, elapse } = subject
    const poison = await leased(subject)
    same(await inbox.release(poison, { delayMs: 0, error: 'poison', park: true }), true, 'park')
    await claimAll(subject, 'EV-2')
    await elapse(30 * day)
    same(idsOf(await leaseAll(other)), ['EV-2'], 'leases')
    const entry = present(await inbox.find('1900009191', 'EV-1'), 'find')
    same([entry.state, entry.error, entry.attempts], ['parked', 'poison', 1], 'the entry')
  },

  'nothing is leased from an empty store, or with a limit of 0': async (subject) => {
    same(idsOf(await leaseAll(subject.inbox)), [], 'empty')
    await claimAll(subject, 'EV-1')
    same(idsOf(await leaseAll(subject.inbox, 0)), [], 'limit 0')
  },

  'a NUL character in an error or an owner is replaced': async (subject) => {
    await claimAll(subject, 'EV-1')
    const [lease] = await subject.inbox.lease({ owner: 'a\0b', limit: 1, leaseMs: minute })
    const error = 'before\0after \ud83d'
    same(
      await subject.inbox.release(present(lease, 'lease'), { delayMs: 0, error }),
      true,
      'release',
    )
    const entry = present(await subject.inbox.find('1900009191', 'EV-1'), 'find')
    same(entry.error, 'before\ufffdafter \ufffd', 'the error')
  },

  'a token of another form is a lost lease': async (subject) => {
    const lease = await leased(subject)
    for (const token of ['', 'token', '-1', '1.5', 'NaN', '9'.repeat(40)]) {
      const wrong = { ...lease, token }
      same(await subject.inbox.renew(wrong, minute), false, `renew with ${token}`)
      same(await subject.inbox.complete(wrong), false, `complete with ${token}`)
      same(await subject.inbox.release(wrong, { delayMs: 0, error: 'x' }), false, 'release')
    }
    same(await subject.inbox.complete(lease), true, 'complete with its own token')
  },

  'a delay may be any number of milliseconds; NaN is rejected and changes nothing': async (
    subject,
  ) => {
    const { inbox } = subject
    const lease = await leased(subject, 'EV-1', minute + 0.5)
    const wrong = { delayMs: Number.NaN, error: 'x' }
    await rejection(inbox.release(lease, wrong), 'a delay of NaN')
    await rejection(inbox.renew(lease, Number.NaN), 'renew for NaN')
    same((await inbox.find('1900009191', 'EV-1'))?.state, 'leased', 'state')
    same(await inbox.renew(lease, minute / 7), true, 'renew for a fraction')
    same(await inbox.release(lease, { delayMs: 0.5, error: 'x' }), true, 'release by a fraction')
    await subject.elapse(50)
    const again = await leaseOne(inbox)
    same(await inbox.release(again, { delayMs: -5, error: 'x' }), true, 'release by less than 0')
    const last = await leaseOne(inbox)
    const never = { delayMs: Number.POSITIVE_INFINITY, error: 'x' }
    same(await inbox.release(last, never), true, 'release for ever')
    await subject.elapse(day)
    same(idsOf(await leaseAll(inbox)), [], 'leases after a day')
  },
}
