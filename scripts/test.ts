/**
 * npm test: the quick lane. It runs all quick checks, all tests, the threat edits and a tenth of the
 * crash proofs. What takes longer is in `npm run test:heavy` (docs/decisions/0019-two-lanes.md has
 * the table). With arguments it only runs vitest with them: `npm test -- signing-fetch`. The last
 * line is `N passed, N failed`; REQUIRE_ALL=1 turns a skip into a failure.
 */
import { checkLanes, quickChecks, threats } from './checks/all.ts'
import { createReport, inLanes } from './report/test-report.ts'
import { runVitest } from './report/vitest-summary.ts'

const args = process.argv.slice(2)
const report = createReport({ requireAll: process.env.REQUIRE_ALL === '1' })
const runTests = (name: string, ...given: string[]) => report.runTests(name, () => runVitest(given))

if (args.length > 0) await runTests('vitest', ...args)
else {
  await inLanes(report, checkLanes)
  // The packages are built and packed by now, and these two only read them.
  await Promise.all([runTests('vitest', '--project=!proofs'), inLanes(report, [[threats]])])
  // The proofs start and kill many processes, so only checks that mostly wait run beside them.
  await Promise.all([runTests('proofs', '--project=proofs'), inLanes(report, [quickChecks])])
}
process.exitCode = report.finish()
