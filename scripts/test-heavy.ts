/**
 * npm run test:heavy: the long lane, the proofs of the inbox in their full size, and R7, 20,000
 * cases of schemathesis against the mock, in about an hour and a half. `-- --scale 0.1` runs a
 * tenth of it, `--store sqlite --target R12` a part of it, and `--write` puts the figures into
 * tests/proofs/RESULTS.md, those of a part in the place of that part's. The last line is `N passed,
 * N failed`; REQUIRE_ALL=1 turns a skip into a failure.
 */
import { parseArgs } from 'node:util'
import { runHeavy } from '../tests/proofs/heavy.ts'
import { writeResults } from '../tests/proofs/results.ts'
import { runSchemathesis } from '../tests/schemathesis/run.ts'

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
const { run, passed, failed, skipped } = await runHeavy({ ...values, scale, print })
const total = { passed, failed, skipped: skipped.length }
if (values.store === undefined && (values.target?.includes('R7') ?? true)) {
  const cases = Math.round(20_000 * scale)
  const start = performance.now()
  const contract = await runSchemathesis({ cases })
  const seconds = (performance.now() - start) / 1000
  total[contract.state] += 1
  if (contract.state === 'skipped') skipped.push(`R7 (${contract.reason})`)
  else {
    const isPassed = contract.state === 'passed'
    print(`R7: ${isPassed ? contract.note : contract.output}`)
    const line = { target: 'R7', store: 'mock', what: `${cases} cases of schemathesis`, seconds }
    const outcome = isPassed
      ? { note: contract.note ?? '', faults: [] }
      : { faults: ['see what it printed'] }
    if (values.write) writeResults(run, [{ ...line, ...outcome }], false)
  }
}
for (const skip of skipped) print(`skipped: ${skip}`)
const failures = total.failed + (process.env.REQUIRE_ALL === '1' ? total.skipped : 0)
print(`${total.passed} passed, ${failures} failed`)
process.exit(failures > 0 || total.passed === 0 ? 1 : 0)
