import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { installEnvironment } from '../bootstrap/environment.mjs'
import { chooseNode } from '../bootstrap/node-choice.mjs'
import { readManifest, root } from '../workspace.ts'

export interface CommandResult {
  readonly code: number
  /** stdout and stderr, in the order of arrival. */
  readonly output: string
  readonly stdout: string
}

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Print the output while the command runs; it is returned too. Default false. */
  readonly show?: boolean
}

const running = new Set<ChildProcess>()
// One listener for all: Node warns of more than ten, and there are more packages to pack.
process.once('exit', () => {
  for (const child of running) child.kill()
})

/** Runs a command until it ends. The exit code of a command that cannot be started is 127. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let output = ''
  let stdout = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (stream === child.stdout) stdout += text
      if (options.show) process.stdout.write(text)
    })
  }
  return new Promise((resolve) => {
    const finish = (code: number, problem = '') => {
      running.delete(child)
      resolve({ code, output: output + problem, stdout })
    }
    child.once('error', (error) => finish(127, `${error.message}\n`))
    child.once('close', (code, signal) =>
      finish(code ?? 1, signal === null ? '' : `${command} was ended by ${signal}\n`),
    )
  })
}

/** Runs a TypeScript file on this Node; imports of our packages load their sources. */
export function runScript(
  args: readonly string[],
  options?: CommandOptions,
): Promise<CommandResult> {
  const { path, flags } = chooseNode(undefined, {
    path: process.execPath,
    version: process.versions.node,
  })
  return runCommand(path, [...flags, '--conditions=@wechatpay-entrust/source', ...args], options)
}

/** The path of a tool that is installed in the workspace. */
export const tool = (name: string): string => join(root, 'node_modules', '.bin', name)

/** Runs pnpm in the version that the root's package.json names; it is not on the PATH. */
export function runPnpm(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const pnpm = readManifest('.').packageManager ?? 'pnpm'
  return runCommand('npx', ['-y', pnpm, ...args], {
    env: installEnvironment(root, process.env),
    ...options,
  })
}
