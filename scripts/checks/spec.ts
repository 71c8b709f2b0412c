import { join } from 'node:path'
import { runCommand } from '../process/run-command.ts'
import { root } from '../workspace.ts'
import { type Check, noProblems } from './check.ts'

// Run on this Node: the script in `.bin` takes the Node on PATH, and redocly warns of an old one.
const redocly = join(root, 'scripts/openapi-generator/node_modules/@redocly/cli/bin/cli.js')
const documents = ['openapi.yaml', 'openapi.json', 'openapi-3.0.json']
// Keeps redocly off the network: no telemetry, no check for a newer version.
const offline = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }

export const spec: Check = {
  name: 'spec',
  holds: 'the documents of spec/ pass the rules of spec/redocly.yaml, without a warning',
  async run() {
    const problems = await Promise.all(documents.map(lint))
    return noProblems(problems.flat(), `${documents.length} documents`)
  },
}

async function lint(file: string): Promise<string[]> {
  const args = ['lint', `spec/${file}`, '--config', 'spec/redocly.yaml', '--max-problems', '1000']
  const { code, output } = await runCommand(process.execPath, [redocly, ...args], {
    env: { ...process.env, ...offline },
  })
  return code === 0 && !/warning/i.test(output) ? [] : [output]
}
