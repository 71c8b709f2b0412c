import { noProblems, type Outcome } from '../checks/check.ts'
import { runCommand, runScript, tool } from './run-command.ts'

/** Type-checks an example and runs its main.ts, which must print the expected text. */
export async function runExample(
  folder: string,
  expected: string,
  args: readonly string[] = [],
): Promise<Outcome> {
  const types = await runCommand(tool('tsc'), ['-p', folder])
  const run = await runScript([`${folder}/main.ts`, ...args])
  return noProblems([
    ...(types.code === 0 ? [] : [types.output]),
    ...(run.code === 0 && run.output.includes(expected)
      ? []
      : [`exit ${run.code}, without "${expected}":\n${run.output}`]),
  ])
}
