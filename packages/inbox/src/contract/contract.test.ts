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
    return { inbox, other: inbox, now: () => time, elapse }
  }
  const failed: string[] = []
  for (const { name, run } of inboxContract(make, { transactions: false }))
    await run().catch(() => failed.push(name))
  return failed
}

test('a sound store fails no case', async () => {
  expect(await failures(() => ({}))).toEqual([])
})

/** One defect each, and a case that must see it. */
const defects: [string, (inbox: NotificationInbox) => Partial<NotificationInbox>, string][] = [
  [
    'every claim is new',
    ({ claim }) => ({ claim: async (record, signal) => claim(record, signal).then(() => 'new') }),
    'a first claim is new, and the same again is a duplicate',
  ],
  [
    'a conflict counts as a duplicate',
    ({ claim }) => ({
      claim: async (record, signal) => {
        const found = await claim(record, signal)
        return found === 'conflict' ? 'duplicate' : found
      },
    }),
    'the same id with another digest is a conflict, and what was first stays',
  ],
  [
    'the scope is not looked at',
    ({ claim }) => ({ claim: (record, signal) => claim({ ...record, scope: 'one' }, signal) }),
    'one id in two scopes is two records',
  ],
  [
    'the signal is not looked at',
    ({ claim }) => ({ claim: (record) => claim(record, new AbortController().signal) }),
    'a claim whose signal has aborted rejects with its reason and keeps nothing',
  ],
  [
    'a body loses its last byte',
    ({ claim }) => ({
      claim: (record, signal) =>
        claim({ ...record, sealed: record.sealed.slice(0, 65_535) }, signal),
    }),
    'an empty body, and one of 64 KiB with every byte, come back as they were',
  ],
  [
    'ids are cut at 63 characters',
    ({ claim }) => ({
      claim: (record, signal) => claim({ ...record, id: record.id.slice(0, 63) }, signal),
    }),
    'an id of 64 characters is not cut',
  ],
  [
    'lease gives more than asked for',
    ({ lease }) => ({ lease: (options) => lease({ ...options, limit: 1000 }) }),
    'leases come oldest first, and no more than asked for',
  ],
  [
    'leases come newest first',
    ({ lease }) => ({ lease: async (options) => (await lease(options)).reverse() }),
    'leases come oldest first, and no more than asked for',
  ],
  [
    'leases do not last',
    ({ lease }) => ({ lease: (options) => lease({ ...options, leaseMs: 0 }) }),
    'a leased record is nobody else’s',
  ],
  [
    'a lost lease is renewed all the same',
    () => ({ renew: async () => true }),
    'a lease that ran out goes to another consumer, and nothing the first one does counts',
  ],
  [
    'renewing changes nothing',
    () => ({ renew: async () => true }),
    'renewing makes a lease last from now',
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
    'the same owner’s second lease fences off its first',
  ],
  [
    'the delay is not kept',
    ({ release }) => ({ release: (lease, options) => release(lease, { ...options, delayMs: 0 }) }),
    'a released record is due after its delay',
  ],
  [
    'nothing is parked',
    ({ release }) => ({ release: (lease, options) => release(lease, { ...options, park: false }) }),
    'a parked record is leased no more, and holds up no other',
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
    'what apply throws is what complete rejects with, and the record stays leased',
  ],
  [
    'a horizon of less than 7 days is taken',
    () => ({ prune: async () => 0 }),
    'prune refuses a horizon of less than 7 days',
  ],
  [
    'prune counts, and forgets nothing',
    ({ prune }) => ({
      prune: async (options) => {
        await prune({ doneBefore: new Date(0) })
        return options.doneBefore.getTime() > 0 ? 1 : 0
      },
    }),
    'prune forgets what was done before the horizon, and nothing else',
  ],
  [
    'retry takes whatever it finds',
    ({ retry }) => ({ retry: async (scope, id) => (await retry(scope, id)) || true }),
    'retry makes a parked record due, its attempts counted from 0, and no other',
  ],
  [
    'list ignores the state',
    ({ list }) => ({ list: ({ limit } = {}) => list(limit === undefined ? {} : { limit }) }),
    'list tells of each record, by state and up to a limit',
  ],
  [
    'stats are those of an empty store',
    () => ({ stats: async () => ({ ready: 0, leased: 0, parked: 0, done: 0, oldestReadyMs: 0 }) }),
    'stats count by state, and tell the age of the oldest that waits',
  ],
]

for (const [name, defect, caseName] of defects) {
  test(`the suite sees it when ${name}`, async () => {
    expect(await failures(defect)).toContain(caseName)
  })
}

test('a case says what was found, and the store is ended all the same', async () => {
  let ended = 0
  const inbox: NotificationInbox = { ...createMemoryInbox(), claim: async () => 'conflict' }
  const make = async () => ({
    inbox,
    other: inbox,
    now: Date.now,
    elapse: async () => {},
    end: async () => {
      ended++
    },
  })
  const [first] = inboxContract(make)
  await expect(first?.run()).rejects.toThrow('first claim: found "conflict", expected "new"')
  expect(ended).toBe(1)
})

test('a store that gives no effects, and does not say so, fails the cases of the transaction', async () => {
  const make = async () => {
    const inbox = createMemoryInbox()
    return { inbox, other: inbox, now: Date.now, elapse: async () => {} }
  }
  const last = inboxContract(make).at(-1)
  await expect(last?.run()).rejects.toThrow('{ transactions: false }')
})
