import { pause } from '@wechatpay-entrust/base'
import type { Claim, Lease } from '../inbox.ts'
import { rejection, same } from './check.ts'
import {
  type Cases,
  idsOf,
  leaseAll,
  leased,
  leaseOne,
  minute,
  record,
  type TransactionCases,
  unlimited,
} from './subject.ts'

/** Long enough for timers, and for responses of a server that have arrived. */
const otherWorkMs = 20

/** How work on a record ends. */
export const completion: Cases = {
  'a record is completed only once': async (subject) => {
    const { inbox, other } = subject
    const lease = await leased(subject)
    same(await inbox.complete(lease), true, 'complete')
    same(await inbox.complete(lease), false, 'completed twice')
    same(await inbox.renew(lease, minute), false, 'renew after completing')
    same(
      await inbox.release(lease, { delayMs: 0, error: 'late' }),
      false,
      'release after completing',
    )
    same((await other.find('1900009191', 'EV-1'))?.state, 'done', 'state')
    await subject.elapse(10 * minute)
    same(idsOf(await leaseAll(other)), [], 'leases')
  },

  'complete rejects with what apply throws, and the record stays leased': async (subject) => {
    const { inbox } = subject
    const lease = await leased(subject)
    const thrown = new Error('apply failed')
    const found = await rejection(
      inbox.complete(lease, async () => {
        throw thrown
      }),
      'complete',
    )
    same(found === thrown, true, 'rejected with what apply threw')
    same((await inbox.find('1900009191', 'EV-1'))?.state, 'leased', 'state')
    same(await inbox.release(lease, { delayMs: 0, error: 'apply failed' }), true, 'release')
    same(await inbox.complete(await leaseOne(inbox)), true, 'completed by the next lease')
  },

  'apply is not called when the lease is lost': async (subject) => {
    const { inbox, other, elapse } = subject
    const first = await leased(subject, 'EV-1', 50)
    await elapse(100)
    const second = await leaseOne(other)
    let calls = 0
    const apply = async () => {
      calls++
    }
    same(await inbox.complete(first, apply), false, 'complete by the first')
    same(calls, 0, 'calls')
    same(await other.complete(second, apply), true, 'complete by the second')
    same(await other.complete(second, apply), false, 'completed twice')
    same(calls, 1, 'calls')
  },

  'a claim made during an apply that then fails is stored': async (subject) => {
    const { inbox, other } = subject
    const lease = await leased(subject)
    let claimed: Promise<Claim> | undefined
    await rejection(
      inbox.complete(lease, async () => {
        claimed = inbox.claim(record('EV-2'), unlimited)
        await pause(otherWorkMs)
        throw new Error('apply failed')
      }),
      'complete',
    )
    same(await claimed, 'new', 'the claim')
    same((await other.find('1900009191', 'EV-2'))?.state, 'ready', 'state')
  },

  'while apply runs no one else gets the record, and no one is blocked for good': async (
    subject,
  ) => {
    const { inbox, other } = subject
    const lease = await leased(subject)
    let leases: Promise<Lease[]> | undefined
    let claimed: Promise<Claim> | undefined
    const done = await inbox.complete(lease, async () => {
      leases = leaseAll(other)
      claimed = other.claim(record('EV-2'), unlimited)
      await pause(otherWorkMs)
    })
    same(done, true, 'complete')
    same(idsOf((await leases) ?? []).includes('EV-1'), false, 'leased by another consumer')
    same(await claimed, 'new', "another consumer's claim")
  },
}

/** The writes of `apply` and the completion are one commit. */
export const transactions: TransactionCases = {
  'the writes of apply are committed with the completion': async (subject) => {
    const lease = await leased(subject)
    same(
      await subject.inbox.complete(lease, (tx) => subject.effects.write(tx, 'effect')),
      true,
      'complete',
    )
    same(await subject.effects.count('effect'), 1, 'effects')
  },

  'the writes of an apply that throws are rolled back': async (subject) => {
    const lease = await leased(subject)
    await rejection(
      subject.inbox.complete(lease, async (tx) => {
        await subject.effects.write(tx, 'effect')
        throw new Error('apply failed')
      }),
      'complete',
    )
    same(await subject.effects.count('effect'), 0, 'effects')
  },

  'the transaction cannot be used after apply has ended': async (subject) => {
    const { inbox, effects } = subject
    const lease = await leased(subject)
    let late: (() => Promise<void>) | undefined
    await inbox.complete(lease, async (tx) => {
      late = async () => effects.write(tx, 'late')
    })
    await rejection(late?.() ?? Promise.resolve(), 'a write after apply')
    same(await effects.count('late'), 0, 'late effects')
  },

  'a lease that ran out while the handler ran: only the second consumer’s effect is committed':
    async (subject) => {
      const { inbox, other, elapse, effects } = subject
      const first = await leased(subject, 'EV-1', 50)
      await elapse(100)
      const second = await leaseOne(other)
      same(
        await inbox.complete(first, (tx) => effects.write(tx, 'effect')),
        false,
        'complete by the first',
      )
      same(await effects.count('effect'), 0, 'effects of the first')
      same(
        await other.complete(second, (tx) => effects.write(tx, 'effect')),
        true,
        'complete by the second',
      )
      same(await effects.count('effect'), 1, 'effects')
      same(
        await inbox.complete(first, (tx) => effects.write(tx, 'effect')),
        false,
        'complete by the first, again',
      )
      same(await effects.count('effect'), 1, 'effects after that')
    },

  'two concurrent completions of one lease: only one applies': async (subject) => {
    const { inbox, other, effects } = subject
    const lease = await leased(subject)
    const apply = async (tx: Parameters<typeof effects.write>[0]) => {
      await effects.write(tx, 'effect')
      await pause(5)
    }
    const found = await Promise.all([inbox.complete(lease, apply), other.complete(lease, apply)])
    same(found.sort(), [false, true], 'completions')
    same(await effects.count('effect'), 1, 'effects')
  },

  'concurrent completions of several records each apply their own writes': async (subject) => {
    const { inbox, effects } = subject
    for (const id of ['EV-1', 'EV-2', 'EV-3', 'EV-4']) await inbox.claim(record(id), unlimited)
    const leases = await leaseAll(inbox)
    const found = await Promise.allSettled(
      leases.map((lease) =>
        inbox.complete(lease, async (tx) => {
          await effects.write(tx, lease.record.id)
          await pause(5)
          if (lease.record.id === 'EV-2') throw new Error('apply failed')
        }),
      ),
    )
    same(found.filter(({ status }) => status === 'fulfilled').length, 3, 'completed')
    const counts = await Promise.all(
      ['EV-1', 'EV-2', 'EV-3', 'EV-4'].map((id) => effects.count(id)),
    )
    same(counts, [1, 0, 1, 1], 'effects')
  },
}
