import { resolve } from 'node:path'
import { pause } from '@wechatpay-entrust/base'
import type { CliContext } from '../context.ts'
import { importOptional } from '../input/import-optional.ts'
import { fieldLines } from '../output/output.ts'
import type { CommonFlags } from '../settings/flags.ts'
import { shownPath } from '../settings/shown-path.ts'
import { usageError } from '../usage-error.ts'

export type ServeMockFlags = CommonFlags & {
  readonly port?: number
  readonly readyFile?: string
  readonly notificationKey?: string
  readonly allowNotifyHost?: readonly string[]
  readonly spec?: readonly string[]
}

/** The part that is used here. The package is optional, so its types may be missing. */
interface MockNode {
  startMockServer(
    options: object,
  ): Promise<{ close(): Promise<void>; mock: unknown; baseUrl: string }>
}

/** Runs the mock until Ctrl-C; the user must have installed it. */
export async function serveMock(this: CliContext, flags: ServeMockFlags): Promise<void> {
  const { output, signal, cwd, env } = this
  const { startMockServer } = await importOptional<MockNode>(
    () => import('@wechatpay-entrust/mock/node' as string),
    'serve-mock',
    '@wechatpay-entrust/mock msw',
  )
  const { port = 0, readyFile, notificationKey, allowNotifyHost = [], spec = [] } = flags
  const server = await startMockServer({
    port,
    readyFile: readyFile === undefined ? undefined : resolve(cwd, readyFile),
    notificationKey: readShare(notificationKey),
    allowNotifyHosts: allowNotifyHost,
    documents: spec.map((file) => resolve(cwd, file)),
    log: output.note,
  }).catch((error: unknown) => {
    const { code } = error as { code?: unknown }
    if (code === 'EADDRINUSE') throw portInUse(port)
    throw code === 'ENOENT' && readyFile !== undefined ? noFolder(readyFile) : error
  })
  const { close, mock: _mock, ...ready } = server
  output.note(`MOCK of WeChat Pay with fixed TEST keys, not a real service. Stop it with Ctrl-C.`)
  output.result(ready, fieldLines(ready))
  await untilStopped(signal, env.npm_command === 'exec')
  await close()
}

const portInUse = (port: number) =>
  usageError('invalid-arguments', `--port: found ${port}, which is in use; expected a free port.`, {
    en: 'Choose another port, or 0 for a free one.',
    zh: '请更换端口，或使用 0 自动选择空闲端口。',
  })

const noFolder = (file: string) =>
  usageError(
    'unreadable-file',
    `--ready-file: found no folder for ${shownPath(file)}; expected a path whose folder exists.`,
    { en: 'Create the folder.', zh: '请先创建该目录。' },
  )

const readShare = (text: string | undefined) =>
  text === undefined || Number.isNaN(Number(text)) ? text : Number(text)

/** npx does not forward a SIGTERM; this process detects its end by a change of the parent. */
async function untilStopped(signal: AbortSignal, isUnderNpx: boolean): Promise<void> {
  const parent = process.ppid
  while (!signal.aborted && !(isUnderNpx && process.ppid !== parent)) {
    await pause(500, signal)
  }
}
