/** npm run build: the packages' dist folders, by the compiler alone. */
import { runCommand, tool } from './run-command.ts'

const { code } = await runCommand(tool('tsc'), ['-b', ...process.argv.slice(2)], { show: true })
process.exitCode = code
