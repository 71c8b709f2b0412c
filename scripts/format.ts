/** npm run format: formats the sources and applies the fixes that the linter considers safe. */
import { runCommand, tool } from './process/run-command.ts'

const paths = process.argv.slice(2)
const { code } = await runCommand(
  tool('biome'),
  ['check', '--write', ...(paths.length > 0 ? paths : ['.'])],
  {
    show: true,
  },
)
process.exitCode = code
