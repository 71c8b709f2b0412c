import { join } from 'node:path'
import { runCommand } from '../process/run-command.ts'
import { root } from '../workspace.ts'
import type { Check } from './check.ts'

// Run on this Node: the script in `.bin` takes the Node on PATH, and redocly warns of an old one.
const redocly = join(root, 'scripts/codegen/node_modules/@redocly/cli/bin/cli.js')
const args = [
  'lint',
  'spec/openapi.yaml',
  '--config',
  'spec/redocly.yaml',
  '--max-problems',
  '1000',
]
// Keeps redocly off the network: no telemetry, no check for a newer version.
const offline = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }

export const spec: Check = {
  name: 'spec',
  holds: 'spec/openapi.yaml passes the rules of spec/redocly.yaml, without a warning',
  async run() {
    const { code, output } = await runCommand(process.execPath, [redocly, ...args], {
      env: { ...process.env, ...offline },
    })
    return code === 0 && !/warning/i.test(output)
      ? { state: 'passed' }
      : { state: 'failed', output }
  },
}
