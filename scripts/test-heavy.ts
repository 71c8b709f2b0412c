/**
 * npm run test:heavy: the long lane, the proofs of the inbox in their full size, in about an hour. `-- --scale 0.1` runs a tenth
 * of it, `--store sqlite --target R12` a part of it, and `--write` puts the figures into proofs/RESULTS.md. The last
 * line is `N passed, N failed`; REQUIRE_ALL=1 turns a skip into a failure.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runHeavy } from '../proofs/heavy.ts'
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
const { passed, failed, skipped, report } = await runHeavy({ ...values, scale: Number(values.scale), print })
if (values.write) writeFileSync(join(root, 'proofs', 'RESULTS.md'), report)
for (const skip of skipped) print(`skipped: ${skip}`)
const failures = failed + (process.env.REQUIRE_ALL === '1' ? skipped.length : 0)
print(`${passed} passed, ${failures} failed`)
process.exit(failures > 0 || passed === 0 ? 1 : 0)
