import { type CommandOptions, runCommand } from '../../../scripts/process/run-command.ts'

/** A client that a generator makes from a derived document. */
export interface Client {
  /** Part of the name of the check. */
  readonly name: string
  /** The generator with its version. */
  readonly generator: string
  /** The file of `spec/` that it reads. */
  readonly document: 'openapi.json' | 'openapi-3.0.json'
  /** What signs its requests and verifies the responses. */
  readonly signedBy: string
  /**
   * Generates and compiles the client in an empty folder.
   *
   * @returns the command that uses it, to be run in that folder
   * @throws Missing when a tool or a library cannot be had on this machine
   */
  build(folder: string, document: string): Promise<readonly [string, ...string[]]>
}

/** A tool or a library is missing on this machine. The message names it. */
export class Missing extends Error {}

/** The version that a tool prints, which shows that it is there. */
export async function requireTool(
  command: string,
  args: readonly string[],
  advice: string,
): Promise<void> {
  const { code } = await runCommand(command, args)
  if (code !== 0) throw new Missing(`${command} is missing; on Debian: ${advice}`)
}

/** A step that needs the network; without it the client cannot be tried. */
export async function download(
  what: string,
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<void> {
  const { code, output } = await runCommand(command, args, options)
  if (code !== 0) throw new Missing(`${what} could not be downloaded: ${output.trim().slice(-400)}`)
}

/** A step that must succeed: it generates or compiles. */
export async function step(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<string> {
  const { code, output } = await runCommand(command, args, options)
  if (code !== 0)
    throw new Error(
      `${command} ${args.slice(0, 4).join(' ')}: exit ${code}\n${output.slice(-8000)}`,
    )
  return output
}
