import { checkRows } from '../../tests/threats/check-rows.ts'
import { allIds } from '../../tests/threats/rows.ts'
import { type Check, noProblems } from './check.ts'

export const threats: Check = {
  name: 'threats',
  holds: 'each defence of the threat table is missed by its test when it is taken out',
  async run() {
    const { held, problems } = await checkRows()
    return noProblems(problems, `${allIds.length} rows, ${held.length} defences`)
  },
}
