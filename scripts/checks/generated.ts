import { runCommand } from '../process/run-command.ts'
import { type Check, passed } from './check.ts'

export const generated: Check = {
  name: 'generated',
  holds: 'packages/core/src/generated is what spec/openapi.yaml gives',
  async run() {
    const { code, output } = await runCommand(process.execPath, [
      ...process.execArgv,
      'scripts/generate.ts',
      '--check',
    ])
    if (code === 0) return passed()
    // 3: what needs no Java was compared and is in order.
    return code === 3 ? { state: 'skipped', reason: output.trim() } : { state: 'failed', output }
  },
}
