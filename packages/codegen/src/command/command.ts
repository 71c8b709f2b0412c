import { chooseLanguage, currentLanguage, setLanguage } from '@wechatpay-entrust/base'
import { noteLine } from '@wechatpay-entrust/openapi'
import { generate } from '../generate.ts'
import { moduleFormatOf } from '../output/module-format.ts'
import { compareFiles, writeFiles } from '../output/write-files.ts'
import { type CodegenArguments, readArguments } from './arguments.ts'
import { help } from './help.ts'
import { errorLines, onOneLine } from './lines.ts'

const command = 'wechatpay-entrust-codegen'

/** Where the command prints to. */
export interface CodegenStreams {
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean | undefined }
}

/**
 * The command `npx @wechatpay-entrust/codegen`. It sets the exit code of the process and never
 * throws: 0 after success, 1 for a problem in a document or files that differ, 2 for wrong use.
 *
 * @example
 * ```ts
 * import { runCodegen } from '@wechatpay-entrust/codegen'
 *
 * await runCodegen(['refund.yaml', '--out', 'src/wechatpay', '--only', 'v3/refund/**'])
 * ```
 */
export async function runCodegen(
  args: readonly string[],
  streams: CodegenStreams = process,
): Promise<void> {
  setLanguage(chooseLanguage(args, process.env))
  const say = (line: string) => void streams.stderr.write(`${line}\n`)
  let read: CodegenArguments | 'help'
  try {
    read = readArguments(args)
  } catch (error) {
    say(`${command}: ${onOneLine((error as Error).message)} (--help lists the options)`)
    process.exitCode = 2
    return
  }
  if (read === 'help') return void streams.stdout.write(help[currentLanguage()])
  const progress = createProgress(streams.stderr)
  try {
    await run(read, streams, progress)
  } catch (error) {
    progress.clear()
    for (const line of errorLines(error)) say(`${command}: ${line}`)
    process.exitCode = 1
  }
}

async function run(
  { inputs, out, check, ...options }: CodegenArguments,
  { stdout, stderr }: CodegenStreams,
  progress: Progress,
): Promise<void> {
  const { files, notes, operations } = await generate(inputs, {
    ...chosen(options, out),
    onProgress: progress.show,
  })
  progress.clear()
  for (const line of notes.map(noteLine)) stderr.write(`${line}\n`)
  const { changed, stale } = await (check ? compareFiles : writeFiles)(out, files)
  if (check) {
    for (const name of [...changed, ...stale])
      stderr.write(`${out}/${name} is not up to date; run the command without --check\n`)
    if (changed.length + stale.length > 0) process.exitCode = 1
    else stdout.write(`${out}: up to date; ${counted(operations)}\n`)
    return
  }
  const removed = stale.length === 0 ? '' : `; removed ${stale.join(', ')}`
  const what = changed.length === 0 ? 'nothing changed' : `wrote ${changed.join(', ')}`
  stdout.write(`${out}: ${what}${removed}; ${counted(operations)}\n`)
}

const counted = (operations: number) =>
  `${operations} ${operations === 1 ? 'operation' : 'operations'}`

/** An empty list of globs chooses everything. */
const chosen = (
  { only, except, js }: Pick<CodegenArguments, 'only' | 'except' | 'js'>,
  out: string,
) => ({
  ...(js && { js: moduleFormatOf(out) }),
  ...(only.length > 0 && { only }),
  ...(except.length > 0 && { except }),
})

interface Progress {
  show(text: string): void
  clear(): void
}

/** The current step on one line, which the next one replaces; only on a terminal. */
function createProgress(stderr: CodegenStreams['stderr']): Progress {
  const clear = () => {
    if (stderr.isTTY) stderr.write('\r\u001b[K')
  }
  return {
    clear,
    show(text) {
      clear()
      if (stderr.isTTY) stderr.write(text.slice(0, 79))
    },
  }
}
