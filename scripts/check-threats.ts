/**
 * npm run check:threats [T-05 …]: removes each defence of the threat table, one at a time, in a
 * copy of the workspace, and requires its test to fail. Checks all rows, or the named ones. With
 * --write it only writes the table of SECURITY.md.
 */
import { checkRows } from '../tests/threats/check-rows.ts'
import { readRows } from '../tests/threats/rows.ts'
import { writeTable } from '../tests/threats/security-table.ts'

const args = process.argv.slice(2)
if (args.includes('--write')) writeTable(readRows())
else {
  const startedAt = performance.now()
  const { results, problems } = await checkRows(args, ({ id, patch, problem }) =>
    console.log(`${problem === undefined ? '✓' : '✗'} ${id}  ${patch.without}`),
  )
  for (const problem of problems) console.log(`\n${problem}`)
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(
    `\n${results.length} defences removed, one at a time, in ${seconds} s: ${problems.length} problems`,
  )
  process.exitCode = problems.length === 0 ? 0 : 1
}
