import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../workspace.ts'

/** The absolute path of something in this repository. */
export const inRoot = (...parts: string[]) => join(root, ...parts)

/** Runs a tool to its end and gives its stdout; if it fails, throws what it printed. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: Readonly<Record<string, string>> } = {},
): string {
  const cwd = options.cwd ?? inRoot('.')
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    input: options.input,
    // The generators read PWD, and this process's Node shall be theirs too.
    env: { ...process.env, ...options.env, PWD: cwd },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error) throw error
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} exited ${status}\n${stdout}${stderr}`)
  return stdout
}
