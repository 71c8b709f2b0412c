import { expect, test } from 'vitest'
import { record, unlimited } from '../contract/subject.ts'
import { inboxContract } from '../contract.ts'
import { createMemoryInbox } from './memory.ts'

const cases = inboxContract(
  async () => {
    let time = Date.parse('2026-11-23T12:00:00+08:00')
    const inbox = createMemoryInbox({ clock: () => time })
    const elapse = async (ms: number) => {
      time += ms
    }
    return { inbox, other: inbox, now: () => time, elapse, stepBack: (ms) => elapse(-ms) }
  },
  { transactions: false },
)

for (const { name, run } of cases) test(name, run)

test('the store has its own copy of the bytes of a claim', async () => {
  const inbox = createMemoryInbox()
  const sealed = new Uint8Array([1, 2, 3])
  await inbox.claim(record('EV-1', { sealed }), unlimited)
  sealed.fill(0)
  expect((await inbox.find('1900009191', 'EV-1'))?.sealed).toEqual(new Uint8Array([1, 2, 3]))
})

test('a record is not leased while its completion runs, even if its lease runs out', async () => {
  let time = 0
  const inbox = createMemoryInbox({ clock: () => time })
  await inbox.claim(record('EV-1'), unlimited)
  const [lease] = await inbox.lease({ owner: 'a', limit: 1, leaseMs: 10 })
  if (lease === undefined) throw new Error('no lease')
  const done = await inbox.complete(lease, async () => {
    time = 1000
    expect(await inbox.lease({ owner: 'b', limit: 1, leaseMs: 10 })).toEqual([])
  })
  expect(done).toBe(true)
})
