import { tool } from '../run-command.ts'
import { type Check, commandPasses } from './check.ts'

export const lint: Check = {
  name: 'lint',
  holds: 'format and lint rules (mend most with: npm run format)',
  run: () => commandPasses(tool('biome'), ['ci', '--colors=off', '--diagnostic-level=error', '.']),
}
