/**
 * npm run test:heavy: the long lane, the proofs of the inbox in their full size, and R7, 20,000 cases of schemathesis against
 * the mock, in about an hour and a quarter. `-- --scale 0.1` runs a tenth of it, `--store sqlite --target R12` a part of it, and `--write` puts the figures into proofs/RESULTS.md. The last
 * line is `N passed, N failed`; REQUIRE_ALL=1 turns a skip into a failure.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runHeavy } from '../proofs/heavy.ts'
import { runSchemathesis } from './schemathesis/run.ts'
import { root } from './workspace.ts'

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    store: { type: 'string', multiple: true },
    target: { type: 'string', multiple: true },
    write: { type: 'boolean', default: false },
  },
})
const print = (text: string) => process.stdout.write(`${text}\n`)
const scale = Number(values.scale)
const { passed, failed, skipped, report } = await runHeavy({ ...values, scale, print })
if (values.write) writeFileSync(join(root, 'proofs', 'RESULTS.md'), report)
const total = { passed, failed, skipped: skipped.length }
if (values.store === undefined && (values.target?.includes('R7') ?? true)) {
  const contract = await runSchemathesis({ cases: Math.round(20_000 * scale) })
  total[contract.state] += 1
  if (contract.state === 'skipped') skipped.push(`R7 (${contract.reason})`)
  else print(`R7: ${contract.state === 'passed' ? contract.note : contract.output}`)
}
for (const skip of skipped) print(`skipped: ${skip}`)
const failures = total.failed + (process.env.REQUIRE_ALL === '1' ? total.skipped : 0)
print(`${total.passed} passed, ${failures} failed`)
process.exit(failures > 0 || total.passed === 0 ? 1 : 0)
