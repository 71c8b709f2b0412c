/** npm run format: formats, and mends what the linter can mend by itself. */
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
