import { expect, test } from 'vitest'
import type { ContractOptions } from '../contract.ts'
import { inboxContract } from '../contract.ts'
import type { NotificationInbox } from '../inbox.ts'
import { createMemoryInbox } from '../stores/memory.ts'

test('a failed case reports what was found, and the store is still ended', async () => {
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

test('a store that cannot play a case fails it unless it says so, and then the case is not in the list', async () => {
  const make = async () => {
    const inbox = createMemoryInbox()
    return { inbox, other: inbox, now: Date.now, elapse: async () => {} }
  }
  const errors = async (options?: ContractOptions) => {
    const found = new Set<string>()
    for (const { run } of inboxContract<undefined>(make, options))
      await run().catch(({ message }) => {
        if (message.startsWith('makeInbox')) found.add(message)
      })
    return [...found]
  }
  const text = (what: string, option: string) =>
    `makeInbox gave no ${what}; pass { ${option}: false } if the store has none`
  expect(await errors()).toEqual([text('stepBack', 'ownClock'), text('effects', 'transactions')])
  expect(await errors({ transactions: false, ownClock: false })).toEqual([])
})

test('the list holds the cases that the store claims, and no other', () => {
  const names = (options?: ContractOptions) =>
    inboxContract<undefined>(async () => expect.unreachable(), options).map(({ name }) => name)
  const all = names()
  expect(new Set(all).size).toBe(all.length)
  const left = (options: ContractOptions) => all.filter((name) => !names(options).includes(name))
  expect(left({ ownClock: false })).toEqual([
    'after the clock stepped back by an hour records are leased, in time, and their age is right',
  ])
  expect(left({ sql: false })).toEqual([
    'apply cannot end the transaction, with or without a comment before it',
  ])
  expect(left({ transactions: false })).toContain(
    'the transaction cannot be used after apply has ended',
  )
  expect(() => names({ transaction: false } as never)).toThrow('transaction: found a name')
})

test('effects without execute fail the cases of SQL', async () => {
  const inbox = createMemoryInbox()
  const effects = { write: async () => {}, count: async () => 0 }
  const subject = { inbox, other: inbox, now: Date.now, elapse: async () => {}, effects }
  const last = inboxContract<undefined>(async () => subject, { ownClock: false }).at(-1)
  await expect(last?.run()).rejects.toThrow('{ sql: false }')
})
