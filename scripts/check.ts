/**
 * npm run check [name…]: the checks alone, or those named, such as `kms` and `bun`, which are left
 * out otherwise. Exit 1 if one failed.
 */
import { asideChecks, checks } from './checks/all.ts'
import { createReport } from './report/test-report.ts'

const names = process.argv.slice(2)
const all = [...checks, ...asideChecks]
const unknown = names.filter((name) => !all.some((check) => check.name === name))
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}. The checks are:`)
  for (const { name, holds } of all) console.error(`  ${name.padEnd(10)} ${holds}`)
  process.exitCode = 1
} else {
  const report = createReport({ requireAll: process.env.REQUIRE_ALL === '1' })
  const chosen = names.length === 0 ? checks : all.filter(({ name }) => names.includes(name))
  for (const check of chosen) await report.runCheck(check)
  process.exitCode = report.finish()
}
