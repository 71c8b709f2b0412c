import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import {
  type MockServer,
  type MockServerOptions,
  startMockServer,
} from '@wechatpay-entrust/mock/node'
import { onTestFinished } from 'vitest'

export const bin = fileURLToPath(new URL('../../bin/wechatpay-entrust.mjs', import.meta.url))

export interface CliRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
}

/** The developer's own settings must not reach a test. */
const cleanEnv = { PATH: process.env.PATH ?? '', HOME: tmpdir() }

/** Starts the real bin with the sources. */
export function spawnCli(args: readonly string[], { cwd = tmpdir(), env = {} }: CliOptions = {}) {
  const command = ['--conditions=@wechatpay-entrust/source', bin, ...args]
  return spawn(process.execPath, command, {
    cwd,
    env: { ...cleanEnv, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

/** Runs the bin until it exits. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const child = spawnCli(args, options)
  child.stdin.on('error', () => undefined).end(options.stdin ?? '')
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { code, stdout, stderr }
}

/** Runs the bin with `--json` and parses its document. */
export async function runJson(args: readonly string[], options: CliOptions = {}) {
  const { code, stdout, stderr } = await runCli([...args, '--json'], options)
  return { code, stderr, document: JSON.parse(stdout) }
}

/** A temporary folder, removed after the test. */
export function testFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'wechatpay-entrust-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return {
    folder,
    write(name: string, content: string): string {
      const path = join(folder, name)
      writeFileSync(path, content, { mode: 0o600 })
      return path
    },
  }
}

/** Starts the mock on a real port for the test; `settings` is the environment of its client. */
export async function testMock(options: MockServerOptions = {}) {
  const server: MockServer = await startMockServer(options)
  onTestFinished(() => server.close())
  const settings = {
    WECHATPAY_BASE_URL: server.baseUrl,
    WECHATPAY_MCHID: server.mchid,
    WECHATPAY_SERIAL_NUMBER: server.merchantSerialNumber,
    WECHATPAY_PRIVATE_KEY_FILE: server.merchantPrivateKeyPath,
    WECHATPAY_API_V3_KEY: server.apiV3Key,
    WECHATPAY_PUBLIC_KEY_ID: server.publicKeyId,
    WECHATPAY_PUBLIC_KEY_FILE: server.publicKeyPath,
  }
  return { ...server, server, settings }
}
