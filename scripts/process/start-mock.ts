import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../workspace.ts'

/**
 * Starts the standalone mock in its own process, so that it does not share a core with this one, and
 * resolves when the ready file exists. `kill('SIGTERM')` ends it.
 */
export async function startMock(readyFile: string): Promise<ChildProcess> {
  const script = join(root, 'scripts', 'mock.ts')
  const args = [
    '--conditions=@wechatpay-entrust/source',
    script,
    '--port',
    '0',
    '--ready-file',
    readyFile,
  ]
  const { INIT_CWD: _, ...env } = process.env
  const mock = spawn(process.execPath, args, { stdio: 'ignore', env })
  while (!existsSync(readyFile)) {
    if (mock.exitCode !== null)
      throw new Error(`the mock ended with ${mock.exitCode} before it was ready`)
    await sleep(20)
  }
  return mock
}
