/** npm run check [name…]: the checks alone, all of them or those named. Exit 1 if one failed. */
import { checks } from './checks/all.ts'
import { createReport } from './test-report.ts'

const names = process.argv.slice(2)
const unknown = names.filter((name) => !checks.some((check) => check.name === name))
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}. The checks are:`)
  for (const { name, holds } of checks) console.error(`  ${name.padEnd(10)} ${holds}`)
  process.exitCode = 1
} else {
  const report = createReport({ requireAll: process.env.REQUIRE_ALL === '1' })
  for (const check of checks) if (names.length === 0 || names.includes(check.name)) await report.runCheck(check)
  process.exitCode = report.finish()
}
