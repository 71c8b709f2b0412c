import { type CommandOptions, runCommand } from '../process/run-command.ts'

export type Outcome =
  | { readonly state: 'passed'; readonly note?: string }
  | { readonly state: 'failed'; readonly output: string }
  /** A tool is missing; the reason names it and how to install it. */
  | { readonly state: 'skipped'; readonly reason: string }

export interface Check {
  readonly name: string
  /** What is true when the check passes, in a few words. */
  readonly holds: string
  run(): Promise<Outcome>
}

export const passed = (note?: string): Outcome => ({
  state: 'passed',
  ...(note !== undefined && { note }),
})

/** Passed when there is no problem. */
export const noProblems = (problems: readonly string[], note?: string): Outcome =>
  problems.length === 0 ? passed(note) : { state: 'failed', output: problems.join('\n') }

/** Passed when the command exits 0. */
export async function commandPasses(
  command: string,
  args: readonly string[],
  options?: CommandOptions,
): Promise<Outcome> {
  const { code, output } = await runCommand(command, args, options)
  return code === 0 ? passed() : { state: 'failed', output }
}
