import { tool } from '../process/run-command.ts'
import { type Check, commandPasses } from './check.ts'

export const types: Check = {
  name: 'types',
  holds: 'the packages build; tests, type tests and scripts type-check',
  async run() {
    const built = await commandPasses(tool('tsc'), ['-b'])
    return built.state === 'passed'
      ? commandPasses(tool('tsc'), ['-p', 'tsconfig.test.json', '--noEmit'])
      : built
  },
}
