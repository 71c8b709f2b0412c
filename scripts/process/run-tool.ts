import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../workspace.ts'

/** The absolute path of something in this repository. */
export const inRoot = (...parts: string[]) => join(root, ...parts)

/** Runs a tool and returns its stdout; if it fails, throws what it printed. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; input?: string } = {},
): string {
  const cwd = options.cwd ?? inRoot('.')
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    input: options.input,
    // The generators read PWD.
    env: { ...process.env, PWD: cwd },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error) throw error
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} exited ${status}\n${stdout}${stderr}`)
  return stdout
}
