import { readFileSync } from 'node:fs'
import { proposeCompletions, run, type StricliProcess } from '@stricli/core'
import { chooseLanguage, setLanguage } from '@wechatpay-entrust/base'
import { createApplication } from './application.ts'
import { createContext } from './context.ts'
import { describeFailure, exitCodes } from './failure.ts'
import { completeCommand } from './output/completion-script.ts'
import { createOutput } from './output/output.ts'
import { rejectSecretArguments } from './settings/secret-arguments.ts'
import { usageError } from './usage-error.ts'

/** How long a command may clean up after Ctrl-C. */
const graceMilliseconds = 1500

/**
 * Runs the command line `wechatpay-entrust`. Prints the result on stdout and everything else on
 * stderr, and sets the exit code of the process. It never throws.
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
  // The reader of our output may close the pipe, as `| head -1` does.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined)
  setLanguage(chooseLanguage(args, env))
  const output = createOutput({ stdout, stderr, json: wantsJson(args) })
  const interrupt = new AbortController()
  let forced: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    interrupt.abort(new Error('Stopped.'))
    // A database driver may ignore the signal, and wait forever for a server that never responds.
    forced ??= setTimeout(() => process.exit(exitCodes.interrupted), graceMilliseconds)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)

  let failure: { readonly error: unknown } | undefined
  let exitCode: number = exitCodes.done
  let changes = false
  let parserText = ''
  const collect = (text: string) => {
    parserText += text
  }
  // An object of its own: the parser does not replace an exit code that is already set.
  const parserProcess: StricliProcess = { stdout, stderr: { write: collect }, env }
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
    // A parser error sets an exit code below zero. A command's own error is in `failure` already.
    if (!failure && parserProcess.exitCode) failure = { error: parserError(parserText) }
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

/** The parser prints one line for each argument that it rejects. */
const parserError = (text: string) =>
  usageError(
    'invalid-arguments',
    `${text.trim().replace(/\s*\n\s*/g, ' ')} --help lists what there is.`,
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
