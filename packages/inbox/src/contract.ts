import { requireKnownOptions } from '@wechatpay-entrust/auth'
import { claims } from './contract/claims.ts'
import { clockSteps } from './contract/clock-steps.ts'
import { completion, transactions } from './contract/completion.ts'
import { leases } from './contract/leases.ts'
import { statements } from './contract/statements.ts'
import type {
  ContractCase,
  InboxUnderTest,
  Transactional,
  WithOwnClock,
  WithStatements,
} from './contract/subject.ts'
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
 *   const stepBack = (ms: number) => elapse(-ms)
 *   return { inbox, other: inbox, now: () => time, elapse, stepBack, end: () => inbox.close() }
 * }, { transactions: false })
 * for (const { name, run } of cases) test(name, run)
 * ```
 */
export function inboxContract<Tx>(
  makeInbox: () => Promise<InboxUnderTest<Tx>>,
  options: ContractOptions = {},
): ContractCase[] {
  requireKnownOptions(options, optionNames)
  const { transactions: hasTransactions = true, sql = hasTransactions, ownClock = true } = options
  const plain = { ...claims, ...leases, ...completion, ...upkeep }
  return [
    ...toCases<Tx, InboxUnderTest<Tx>>(makeInbox, plain, (subject) => subject),
    ...(ownClock ? toCases<Tx, WithOwnClock<Tx>>(makeInbox, clockSteps, requireStepBack) : []),
    ...(hasTransactions
      ? toCases<Tx, Transactional<Tx>>(makeInbox, transactions, requireEffects)
      : []),
    ...(sql ? toCases<Tx, WithStatements<Tx>>(makeInbox, statements, requireExecute) : []),
  ]
}

/** What a store cannot do. Its cases are not in the list, so that none passes without a test. */
export interface ContractOptions {
  /** `complete` commits the writes of `apply`, and `makeInbox` gives `effects`. Default: true. */
  readonly transactions?: boolean
  /** The transaction runs SQL, and `makeInbox` gives `effects.execute`. Default: `transactions`. */
  readonly sql?: boolean
  /**
   * The store follows the clock of the machine that it runs on, and `makeInbox` gives `stepBack`.
   * `false`: it follows the clock of a server, which is set by the server's operator. Default: true.
   */
  readonly ownClock?: boolean
}

const optionNames: { readonly [Name in keyof Required<ContractOptions>]: true } = {
  transactions: true,
  sql: true,
  ownClock: true,
}

const requireEffects = <Tx>({ effects, ...subject }: InboxUnderTest<Tx>): Transactional<Tx> => ({
  ...subject,
  effects: effects ?? missing('effects', 'transactions'),
})

function requireExecute<Tx>(subject: InboxUnderTest<Tx>): WithStatements<Tx> {
  const { effects } = requireEffects(subject)
  const execute = effects.execute ?? missing('effects.execute', 'sql')
  return { ...subject, effects: { ...effects, execute } }
}

const requireStepBack = <Tx>({ stepBack, ...subject }: InboxUnderTest<Tx>): WithOwnClock<Tx> => ({
  ...subject,
  stepBack: stepBack ?? missing('stepBack', 'ownClock'),
})

function missing(what: string, option: keyof ContractOptions): never {
  throw new Error(`makeInbox gave no ${what}; pass { ${option}: false } if the store has none`)
}

/** `prepare` gives a case what it needs, or throws. */
function toCases<Tx, Subject>(
  makeInbox: () => Promise<InboxUnderTest<Tx>>,
  cases: Readonly<Record<string, (subject: Subject) => Promise<void>>>,
  prepare: (subject: InboxUnderTest<Tx>) => Subject,
): ContractCase[] {
  return Object.entries(cases).map(([name, run]) => ({
    name,
    run: async () => {
      const subject = await makeInbox()
      try {
        await run(prepare(subject))
      } finally {
        await subject.end?.()
      }
    },
  }))
}
