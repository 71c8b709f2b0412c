import { rejection, same } from './check.ts'
import { leased, type StatementCases } from './subject.ts'

/** Statements that would end the transaction of `apply`, or begin another. */
const endings = [
  'COMMIT',
  'ROLLBACK',
  'BEGIN',
  ' /* note */ COMMIT',
  '-- note\nROLLBACK',
  ';END',
  '/* a */ /* b */ commit;',
]

/** For a store whose transaction runs SQL. */
export const statements: StatementCases = {
  'apply cannot end the transaction, with or without a comment before it': async (subject) => {
    const { inbox, effects } = subject
    const { execute } = effects
    const lease = await leased(subject)
    for (const sql of endings) {
      const ended = inbox.complete(lease, async (tx) => {
        await effects.write(tx, 'effect')
        await execute(tx, sql)
      })
      await rejection(ended, `complete with ${sql}`)
      same(await effects.count('effect'), 0, `effects after ${sql}`)
      same((await inbox.find('1900009191', 'EV-1'))?.state, 'leased', `state after ${sql}`)
    }
    const done = await inbox.complete(lease, async (tx) => {
      await effects.write(tx, 'effect')
      await execute(tx, 'SAVEPOINT mine')
      await effects.write(tx, 'effect')
      await execute(tx, 'ROLLBACK TO mine')
    })
    same([done, await effects.count('effect')], [true, 1], 'complete, with a savepoint')
  },
}
