import { tool } from '../process/run-command.ts'
import { type Check, commandPasses } from './check.ts'

export const lint: Check = {
  name: 'lint',
  holds: 'formatting, lint rules and import rules (npm run format fixes most problems)',
  run: () => commandPasses(tool('biome'), ['ci', '--colors=off', '--diagnostic-level=error', '.']),
}
