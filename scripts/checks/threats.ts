import { checkRows } from '../../tests/threats/check-rows.ts'
import { allIds } from '../../tests/threats/rows.ts'
import { type Check, noProblems } from './check.ts'

export const threats: Check = {
  name: 'threats',
  holds: 'for each defence of the threat table a test fails when the defence is removed',
  async run() {
    const { results, problems } = await checkRows()
    return noProblems(problems, `${allIds.length} rows, ${results.length} defences`)
  },
}
