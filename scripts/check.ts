/**
 * npm run check [NAME…]: runs the quick checks, or the named ones. Longer checks, such as `kms` and
 * `bun`, run only when they are named. Exits 1 if a check failed.
 */
import { allChecks, checkLanes } from './checks/all.ts'
import { createReport, inLanes } from './report/test-report.ts'

const names = process.argv.slice(2)
const unknown = names.filter((name) => !allChecks.some((check) => check.name === name))
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}. The checks are:`)
  for (const { name, holds } of allChecks) console.error(`  ${name.padEnd(10)} ${holds}`)
  process.exitCode = 1
} else {
  const report = createReport({ requireAll: process.env.REQUIRE_ALL === '1' })
  const chosen = allChecks.filter(({ name }) => names.includes(name))
  await inLanes(report, names.length === 0 ? checkLanes : [chosen])
  process.exitCode = report.finish()
}
