import { runScript } from '../process/run-command.ts'
import { type Check, passed } from './check.ts'

export const generated: Check = {
  name: 'generated',
  holds:
    'packages/core/src/generated and the derived documents are up to date with spec/openapi.yaml',
  async run() {
    const { code, output } = await runScript(['scripts/generate.ts', '--check'])
    if (code === 0) return passed()
    // 3: Java is missing; the files that need no Java are up to date.
    return code === 3 ? { state: 'skipped', reason: output.trim() } : { state: 'failed', output }
  },
}
