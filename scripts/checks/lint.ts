import { tool } from '../process/run-command.ts'
import { type Check, commandPasses } from './check.ts'

export const lint: Check = {
  name: 'lint',
  holds: 'format, lint rules and import rules (fix most with: npm run format)',
  run: () => commandPasses(tool('biome'), ['ci', '--colors=off', '--diagnostic-level=error', '.']),
}
