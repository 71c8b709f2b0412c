/**
 * npm run test:heavy [-- PART…]: the long lane, in two to three hours. The parts are the checks of
 * `scripts/checks/all.ts` that take long, and `proofs`: the proofs of the inbox and the client in
 * their full size. `generators` chooses every part whose name begins with `generators-`. For
 * `proofs`, `--scale 0.1` runs a tenth, `--store sqlite --target R12` a part.
 *
 * Each part that passed or failed replaces its row of `tests/HEAVY.md`, with the date; the proofs
 * write their figures into `tests/proofs/RESULTS.md`. A smaller scale writes nothing, because it
 * proves less. The last line is `N passed, N failed`; REQUIRE_ALL=1 turns a skip into a failure.
 */
import { parseArgs } from 'node:util'
import { runHeavy } from '../tests/proofs/heavy.ts'
import { heavyChecks } from './checks/all.ts'
import { type Check, noProblems } from './checks/check.ts'
import { writeHeavyResults } from './report/heavy-results.ts'
import { createReport } from './report/test-report.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scale: { type: 'string', default: '1' },
    store: { type: 'string', multiple: true },
    target: { type: 'string', multiple: true },
  },
})
const scale = Number(values.scale)

const proofs: Check = {
  name: 'proofs',
  holds: 'the proofs of tests/proofs/README.md hold',
  async run() {
    const print = (text: string) => process.stdout.write(`${text}\n`)
    const { passed, failed, skipped } = await runHeavy({
      ...values,
      scale,
      write: scale === 1,
      print,
    })
    if (skipped.length > 0) return { state: 'skipped', reason: skipped.join('; ') }
    return noProblems(failed === 0 ? [] : [`${failed} did not hold; see above`], `${passed} proofs`)
  },
}

const parts = [...heavyChecks, proofs]
const isChosen = ({ name }: Check, by: string) => name === by || name.startsWith(`${by}-`)
const unknown = positionals.filter((name) => !parts.some((part) => isChosen(part, name)))
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. The parts are:`)
  for (const { name, holds } of parts) console.error(`  ${name.padEnd(10)} ${holds}`)
  process.exitCode = 1
} else {
  const report = createReport({ requireAll: process.env.REQUIRE_ALL === '1' })
  const isPart = values.store !== undefined || values.target !== undefined
  for (const part of parts) {
    if (positionals.length > 0 && !positionals.some((name) => isChosen(part, name))) continue
    const start = performance.now()
    const outcome = await report.runCheck(part)
    if (scale !== 1 || (part === proofs && isPart)) continue
    writeHeavyResults(part, outcome, (performance.now() - start) / 1000)
  }
  process.exitCode = report.finish()
}
