import { claims } from './contract/claims.ts'
import { completion, transactions } from './contract/completion.ts'
import { leases } from './contract/leases.ts'
import type { ContractCase, InboxUnderTest } from './contract/subject.ts'
import { upkeep } from './contract/upkeep.ts'

export type { ContractCase, InboxUnderTest } from './contract/subject.ts'

/**
 * What every store must do, as named cases for any test runner. `makeInbox` creates an empty store
 * for each case; the store's `end` is called after it. The cases need only {@link InboxUnderTest}:
 * no framework, and no clock except the store's.
 *
 * A store may choose whether a lease that ran out, and that no one else has, may still complete,
 * and whether `stats` counts such a record as leased or ready. The cases do not cover what needs a
 * crash, a restart of the server or a check of `fsync`.
 *
 * @example
 * ```ts
 * import test from 'node:test'
 * import { inboxContract } from '@wechatpay-entrust/inbox/contract'
 * import { createMemoryInbox } from '@wechatpay-entrust/inbox/memory'
 *
 * const cases = inboxContract(async () => {
 *   let time = Date.now()
 *   const inbox = createMemoryInbox({ clock: () => time })
 *   const elapse = async (ms: number) => {
 *     time += ms
 *   }
 *   return { inbox, other: inbox, now: () => time, elapse, end: () => inbox.close() }
 * })
 * for (const { name, run } of cases) test(name, run)
 * ```
 */
export function inboxContract<Tx>(
  makeInbox: () => Promise<InboxUnderTest<Tx>>,
  options: { readonly transactions?: boolean } = {},
): ContractCase[] {
  const plain = Object.entries({ ...claims, ...leases, ...completion, ...upkeep }).map(
    ([name, run]) => ({
      name,
      run: () => withSubject(makeInbox, run<Tx>),
    }),
  )
  if (options.transactions === false) return plain
  const withEffects = Object.entries(transactions).map(([name, run]) => ({
    name,
    run: () =>
      withSubject(makeInbox, (subject) => {
        const { effects } = subject
        if (effects === undefined)
          throw new Error('makeInbox gave no effects; say { transactions: false } if it has none')
        return run<Tx>({ ...subject, effects })
      }),
  }))
  return [...plain, ...withEffects]
}

async function withSubject<Tx>(
  makeInbox: () => Promise<InboxUnderTest<Tx>>,
  run: (subject: InboxUnderTest<Tx>) => Promise<void>,
): Promise<void> {
  const subject = await makeInbox()
  try {
    await run(subject)
  } finally {
    await subject.end?.()
  }
}
