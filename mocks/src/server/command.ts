import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  chooseLanguage,
  explanationLines,
  findingOf,
  printable,
  type Remedy,
  setLanguage,
} from '@wechatpay-entrust/base'
import type { NotificationKey } from '../platform/platform.ts'
import { startMockServer } from './mock-server.ts'
import { problemLines } from './read-documents.ts'

export const usage = `Usage: wechatpay-entrust-mock [options]

A mock WeChat Pay with fixed TEST keys on 127.0.0.1: it checks request signatures, signs its
responses, and sends signed and sealed notifications. Stop it with Ctrl-C.

  --port PORT                 port to listen on; 0 takes a free one (default: 0)
  --ready-file FILE           write address and keys as JSON to FILE once the port is open
  --notification-key KEY      certificate, publicKey, or the share from 0 to 1 of the notifications
                              that the public key signs (default: the key that signed the pre-sign response)
  --allow-notify-host HOST    let notifications go to HOST beside this machine; may be repeated
  --language LANGUAGE         zh or en: the language of what to do about an error
                              (default: WECHATPAY_LANGUAGE, or the locale)
  --spec FILE                 play the operations of an OpenAPI document too (YAML or JSON, file or folder);
                              may be repeated
  --help                      print this
`

interface Command {
  readonly port: number
  readonly readyFile: string | undefined
  readonly notificationKey: NotificationKey | undefined
  readonly allowNotifyHosts: string[]
  readonly documents: string[]
}

/**
 * The standalone mock as a command: runs until SIGTERM, SIGINT or SIGHUP.
 *
 * Exit codes: 0 after a stop, 1 if the start failed, 2 for invalid arguments.
 */
export async function runMockCommand(args: readonly string[]): Promise<void> {
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  const sayError = (finding: string, remedy: Remedy) => {
    const message = `wechatpay-entrust-mock: ${finding} ${remedy.en}`
    for (const line of explanationLines({ message, remedy })) say(line)
  }
  setLanguage(chooseLanguage(args, process.env))
  // A reader may close our output, e.g. `2>&1 | grep -m1 MOCK`. The mock continues.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  let command: Command | 'help'
  try {
    command = readCommand(args)
  } catch (error) {
    sayError(sentence(messageOf(error)), {
      en: '--help lists the options.',
      zh: '可用 --help 查看所有参数。',
    })
    process.exitCode = 2
    return
  }
  if (command === 'help') return void process.stdout.write(usage)

  try {
    const server = startMockServer({ ...command, log: say })
    const stop = () => void server.then(({ close }) => close()).then(() => process.exit(0))
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
    if (process.env.npm_command === 'exec') onParentGone(stop)
    const { baseUrl, controlUrl } = await server
    say(
      `MOCK of WeChat Pay with fixed TEST keys, not a real service: ${baseUrl} (control API: ${controlUrl})`,
    )
  } catch (error) {
    const lines = problemLines(error)
    for (const line of lines ?? []) say(`wechatpay-entrust-mock: ${line}`)
    if (lines === undefined)
      sayError(`could not start: ${sentence(messageOf(error))}`, startRemedy(error))
    process.exit(1)
  }
}

/**
 * A SIGTERM to npx ends npx and its shell, but does not reach this process. So this process watches
 * whether its parent changes.
 */
function onParentGone(stop: () => void): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stop()
  }, 500).unref()
}

function readCommand(args: readonly string[]): Command | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '0' },
      'ready-file': { type: 'string' },
      'notification-key': { type: 'string' },
      spec: { type: 'string', multiple: true, default: [] },
      'allow-notify-host': { type: 'string', multiple: true, default: [] },
      language: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  const { language } = values
  if (language !== undefined && language !== 'zh' && language !== 'en')
    throw new Error(`--language: found ${JSON.stringify(language)}; expected zh or en`)
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
    throw new Error(`--port: found ${JSON.stringify(values.port)}; expected 0 to 65535`)
  const file = values['ready-file']
  if (values.spec.includes('')) throw new Error('--spec: found an empty name; expected a file')
  if (file === '') throw new Error('--ready-file: found an empty name; expected a file')
  return {
    port: Number(values.port),
    readyFile: file === undefined ? undefined : inCallersFolder(file),
    documents: values.spec.map(inCallersFolder),
    notificationKey: readNotificationKey(values['notification-key']),
    allowNotifyHosts: values['allow-notify-host'],
  }
}

/** npm changes into the package's folder; INIT_CWD holds the caller's folder. */
const inCallersFolder = (file: string): string =>
  resolve(process.env.INIT_CWD ?? process.cwd(), file)

function readNotificationKey(text: string | undefined): NotificationKey | undefined {
  if (text === undefined || text === 'certificate' || text === 'publicKey') return text
  if (/^(0(\.\d+)?|1(\.0+)?)$/.test(text)) return Number(text)
  throw new Error(
    `--notification-key: found ${JSON.stringify(text)}; expected certificate, publicKey or a share from 0 to 1`,
  )
}

/** What an error found, as one line. */
function messageOf(error: unknown): string {
  return printable(error instanceof Error ? findingOf(error) : String(error))
}

const sentence = (text: string) => (/[.?!]$/.test(text) ? text : `${text}.`)

function startRemedy(error: unknown): Remedy {
  const { code, remedy } = error as { code?: unknown; remedy?: Remedy }
  if (remedy !== undefined) return remedy
  if (code === 'EADDRINUSE')
    return {
      en: 'Choose another port, or 0 for a free one.',
      zh: '请更换端口，或使用 0 自动选择空闲端口。',
    }
  return {
    en: 'Check --port, and the folder of --ready-file.',
    zh: '请检查 --port 以及 --ready-file 所在目录。',
  }
}
