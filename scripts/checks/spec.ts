import { join } from 'node:path'
import { runCommand } from '../process/run-command.ts'
import { root } from '../workspace.ts'
import type { Check } from './check.ts'

const redocly = join(root, 'scripts/codegen/node_modules/.bin/redocly')
const args = [
  'lint',
  'spec/openapi.yaml',
  '--config',
  'spec/redocly.yaml',
  '--max-problems',
  '1000',
]
// Redocly stays off the network: no telemetry, no look for a newer version.
const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }

export const spec: Check = {
  name: 'spec',
  holds: 'spec/openapi.yaml passes the rules of spec/redocly.yaml, without a warning',
  async run() {
    const { code, output } = await runCommand(redocly, args, { env: { ...process.env, ...quiet } })
    return code === 0 && !/warning/i.test(output)
      ? { state: 'passed' }
      : { state: 'failed', output }
  },
}
