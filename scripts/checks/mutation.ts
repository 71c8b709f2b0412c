import { runMutations } from '../../tests/mutation/run.ts'
import { type Check, noProblems } from './check.ts'

export const mutation: Check = {
  name: 'mutation',
  holds:
    'tests notice 95 % of the mutants of verification, retry, receiving and delivery, and each survivor has a reason',
  async run() {
    const { problems, note } = await runMutations()
    return noProblems(problems, note)
  },
}
