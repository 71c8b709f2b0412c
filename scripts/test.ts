/**
 * npm test: all checks, then all tests. With arguments, vitest alone with those: `npm test --
 * signing-fetch`. The last line is `N passed, N failed`; REQUIRE_ALL=1 turns a skip into a failure.
 */
import { asideChecks, checks } from './checks/all.ts'
import { createReport } from './report/test-report.ts'
import { runVitest } from './report/vitest-summary.ts'

const args = process.argv.slice(2)
const report = createReport({ requireAll: process.env.REQUIRE_ALL === '1' })
if (args.length === 0) for (const check of [...checks, ...asideChecks]) await report.runCheck(check)
await report.runTests(() => runVitest(args))
process.exitCode = report.finish()
