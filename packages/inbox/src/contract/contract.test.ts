import { expect, test } from 'vitest'
import type { InboxUnderTest } from '../contract.ts'
import { inboxContract } from '../contract.ts'
import type { NotificationInbox } from '../inbox.ts'
import { createMemoryInbox } from '../stores/memory.ts'

/** The names of the cases that a store with this defect fails. */
async function failures(
  defect: (inbox: NotificationInbox) => Partial<NotificationInbox>,
): Promise<string[]> {
  const make = async (): Promise<InboxUnderTest> => {
    let time = Date.parse('2026-11-23T12:00:00+08:00')
    const sound = createMemoryInbox({ clock: () => time })
    const inbox = { ...sound, ...defect(sound) }
    const elapse = async (ms: number) => {
      time += ms
    }
    const stepBack = (ms: number) => elapse(-ms)
    return { inbox, other: inbox, now: () => time, elapse, stepBack }
  }
  const failed: string[] = []
  for (const { name, run } of inboxContract(make, { transactions: false }))
    await run().catch(() => failed.push(name))
  return failed
}

test('a sound store fails no case', async () => {
  expect(await failures(() => ({}))).toEqual([])
})

/** A defect, and a case that must find it. */
const defects: [string, (inbox: NotificationInbox) => Partial<NotificationInbox>, string][] = [
  [
    'every claim is new',
    ({ claim }) => ({ claim: async (record, signal) => claim(record, signal).then(() => 'new') }),
    'the first claim is new, and a second one is a duplicate',
  ],
  [
    'a conflict counts as a duplicate',
    ({ claim }) => ({
      claim: async (record, signal) => {
        const found = await claim(record, signal)
        return found === 'conflict' ? 'duplicate' : found
      },
    }),
    'the same id with another digest is a conflict, and the first record is unchanged',
  ],
  [
    'the scope is ignored',
    ({ claim }) => ({ claim: (record, signal) => claim({ ...record, scope: 'one' }, signal) }),
    'one id in two scopes is two records',
  ],
  [
    'the signal is ignored',
    ({ claim }) => ({ claim: (record) => claim(record, new AbortController().signal) }),
    'a claim whose signal has aborted rejects with its reason and stores nothing',
  ],
  [
    'a body loses its last byte',
    ({ claim }) => ({
      claim: (record, signal) =>
        claim({ ...record, sealed: record.sealed.slice(0, 65_535) }, signal),
    }),
    'an empty body, and one of 64 KiB with every byte value, are read back unchanged',
  ],
  [
    'ids are cut at 63 characters',
    ({ claim }) => ({
      claim: (record, signal) => claim({ ...record, id: record.id.slice(0, 63) }, signal),
    }),
    'an id of 64 characters is not cut',
  ],
  [
    'any record is accepted',
    ({ claim }) => ({
      claim: async (record, signal) => (record.id === 'EV\0' ? 'new' : claim(record, signal)),
    }),
    'a record that not every store can hold is rejected, and nothing is stored',
  ],
  [
    'ids are cut at 255 characters',
    ({ claim }) => ({
      claim: (record, signal) => claim({ ...record, id: record.id.slice(0, 255) }, signal),
    }),
    'texts of 256 characters are read back unchanged',
  ],
  [
    'an error is cut at a NUL character',
    ({ release }) => ({
      release: (lease, options) =>
        release(lease, { ...options, error: options.error.split('\0')[0] ?? '' }),
    }),
    'a NUL character in an error or an owner is replaced',
  ],
  [
    'a token is not compared',
    ({ complete }) => ({ complete: (lease, apply) => complete(lease, apply).then(() => true) }),
    'a token of another form is a lost lease',
  ],
  [
    'NaN counts as 0',
    ({ release }) => ({
      release: (lease, options) => release(lease, { ...options, delayMs: options.delayMs || 0 }),
    }),
    'a delay may be any number of milliseconds; NaN is rejected and changes nothing',
  ],
  [
    'apply runs before the lease is checked',
    ({ complete }) => ({
      complete: async (lease, apply) => {
        await apply?.(undefined)
        return complete(lease)
      },
    }),
    'apply is not called when the lease is lost',
  ],
  [
    'the clock follows each step back',
    () => ({ stats: async () => ({ ready: 2, leased: 0, parked: 0, done: 0, oldestReadyMs: 0 }) }),
    'after the clock stepped back by an hour records are leased, in time, and their age is right',
  ],
  [
    'lease returns more than the limit',
    ({ lease }) => ({ lease: (options) => lease({ ...options, limit: 1000 }) }),
    'lease returns the oldest records first, and at most the limit',
  ],
  [
    'lease returns the newest records first',
    ({ lease }) => ({ lease: async (options) => (await lease(options)).reverse() }),
    'lease returns the oldest records first, and at most the limit',
  ],
  [
    'a lease runs out at once',
    ({ lease }) => ({ lease: (options) => lease({ ...options, leaseMs: 0 }) }),
    'a leased record is leased to no one else',
  ],
  [
    'a lost lease can be renewed',
    () => ({ renew: async () => true }),
    'after a lease ran out another consumer gets the record, and calls with the first lease fail',
  ],
  [
    'renewing changes nothing',
    () => ({ renew: async () => true }),
    'a renewed lease lasts from the time of the renewal',
  ],
  [
    'tokens are all the same',
    ({ lease, complete }) => {
      const last = new Map<string, string>()
      return {
        lease: async (options) =>
          (await lease(options)).map((one) => {
            last.set(one.record.id, one.token)
            return { ...one, token: 'token' }
          }),
        complete: (one, apply) => complete({ ...one, token: last.get(one.record.id) ?? '' }, apply),
      }
    },
    'a second lease of the same owner makes the first one invalid',
  ],
  [
    'the delay is ignored',
    ({ release }) => ({ release: (lease, options) => release(lease, { ...options, delayMs: 0 }) }),
    'a released record is due after its delay',
  ],
  [
    'nothing is parked',
    ({ release }) => ({ release: (lease, options) => release(lease, { ...options, park: false }) }),
    'a parked record is not leased again and does not block the others',
  ],
  [
    'the error is dropped',
    ({ release }) => ({ release: (lease, options) => release(lease, { ...options, error: '' }) }),
    'a released record is due after its delay',
  ],
  [
    'what apply throws is swallowed',
    ({ complete }) => ({
      complete: (lease, apply) => complete(lease, (tx) => apply?.(tx).catch(() => {}) as never),
    }),
    'complete rejects with what apply throws, and the record stays leased',
  ],
  [
    'a horizon of less than 7 days is accepted',
    () => ({ prune: async () => 0 }),
    'prune rejects a horizon of less than 7 days',
  ],
  [
    'prune counts but deletes nothing',
    ({ prune }) => ({
      prune: async (options) => {
        await prune({ doneBefore: new Date(0) })
        return options.doneBefore.getTime() > 0 ? 1 : 0
      },
    }),
    'prune deletes the records done before the horizon, and nothing else',
  ],
  [
    'retry accepts a record in any state',
    ({ retry }) => ({ retry: async (scope, id) => (await retry(scope, id)) || true }),
    'retry makes a parked record due with its attempts counted from 0, and changes no other record',
  ],
  [
    'list ignores the state',
    ({ list }) => ({ list: ({ limit } = {}) => list(limit === undefined ? {} : { limit }) }),
    'list returns the records, by state and up to a limit',
  ],
  [
    'stats are those of an empty store',
    () => ({ stats: async () => ({ ready: 0, leased: 0, parked: 0, done: 0, oldestReadyMs: 0 }) }),
    'stats count the records by state and report the age of the oldest ready one',
  ],
]

for (const [name, defect, caseName] of defects) {
  test(`the suite finds this defect: ${name}`, async () => {
    expect(await failures(defect)).toContain(caseName)
  })
}
