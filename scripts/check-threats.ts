/**
 * npm run check:threats [T-05 …]: takes each defence of the threat table out, one at a time and on
 * a copy, and requires the test that holds it to fail. All rows, or those named. With --write it
 * writes the table of SECURITY.md, and that is all.
 */
import { checkRows } from '../tests/threats/check-rows.ts'
import { readRows } from '../tests/threats/rows.ts'
import { writeTable } from '../tests/threats/security-table.ts'

const args = process.argv.slice(2)
if (args.includes('--write')) writeTable(readRows())
else {
  const startedAt = performance.now()
  const { held, problems } = await checkRows(args, ({ id, patch, problem }) =>
    console.log(`${problem === undefined ? '✓' : '✗'} ${id}  ${patch.without}`),
  )
  for (const problem of problems) console.log(`\n${problem}`)
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(
    `\n${held.length} defences taken out, one at a time, in ${seconds} s: ${problems.length} problems`,
  )
  process.exitCode = problems.length === 0 ? 0 : 1
}
