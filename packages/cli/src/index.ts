import { readFileSync } from 'node:fs'
import { proposeCompletions, run, type StricliProcess } from '@stricli/core'
import { createApplication } from './application.ts'
import { createContext } from './context.ts'
import { describeFailure, exitCodes } from './failure.ts'
import { completeCommand } from './output/completion-script.ts'
import { createOutput } from './output/output.ts'
import { rejectSecretArguments } from './settings/secret-arguments.ts'
import { usageError } from './usage-error.ts'

/** How long a command may take to tidy up after Ctrl-C. */
const graceMilliseconds = 1500

/**
 * The command line `wechatpay-entrust`, as its bin calls it. Prints the result on stdout, all else
 * on stderr, and sets the exit code of the process; it throws nothing.
 *
 * @example
 * ```ts
 * import { runCommandLine } from '@wechatpay-entrust/cli'
 *
 * await runCommandLine(['query', '12535', 'wxwtdk20200910100000', '--json'])
 * ```
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const { stdout, stderr, env } = process
  // The reader of our output may stop reading, such as `| head -1`.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined)
  const output = createOutput({ stdout, stderr, json: wantsJson(args) })
  const interrupt = new AbortController()
  let forced: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    interrupt.abort(new Error('Stopped.'))
    // A driver that heeds no signal would wait for ever for a server that never answers.
    forced ??= setTimeout(() => process.exit(exitCodes.interrupted), graceMilliseconds)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)

  let failure: { readonly error: unknown } | undefined
  let exitCode: number = exitCodes.done
  let changes = false
  let said = ''
  const hear = (text: string) => {
    said += text
  }
  // The parser leaves an exit code alone that is there already.
  const parserProcess: StricliProcess = { stdout, stderr: { write: hear }, env }
  const context = createContext(
    {
      process: parserProcess,
      output,
      env,
      cwd: process.cwd(),
      signal: interrupt.signal,
      markChanging: () => (changes = true),
      setExitCode: (code) => (exitCode = code),
    },
    process,
  )
  const onFailure = (error: unknown) => {
    failure = { error }
  }
  try {
    const application = createApplication({ version: readVersion(), onFailure })
    if (args[0] === completeCommand) {
      const proposed = await proposeCompletions(application, args.slice(1), context)
      stdout.write(proposed.map(({ completion, brief }) => `${completion}\t${brief}\n`).join(''))
      return
    }
    rejectSecretArguments(args)
    await run(application, args.length === 0 ? ['--help'] : args, context)
    // The parser refuses by numbers below zero; what a command threw has been handed over.
    if (!failure && parserProcess.exitCode) failure = { error: misused(said) }
  } catch (error) {
    failure = { error }
  }
  output.clearProgress()
  if (failure) {
    const described = describeFailure(failure.error, {
      changes,
      wasInterrupted: interrupt.signal.aborted,
    })
    exitCode = described.exitCode
    if (output.json) output.result(described.document, [])
    else for (const line of described.lines) output.note(line)
  }
  process.exitCode = exitCode
  clearTimeout(forced)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, stop)
}

/** The parser says one line for each argument that it cannot take. */
const misused = (said: string) =>
  usageError(
    'invalid-arguments',
    `${said.trim().replace(/\s*\n\s*/g, ' ')} --help lists what there is.`,
  )

const wantsJson = (args: readonly string[]) =>
  args.some((arg) => arg === '--json' || arg === '--json=true')

function readVersion(): string {
  const manifest = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as {
    version: string
  }
  return manifest.version
}
