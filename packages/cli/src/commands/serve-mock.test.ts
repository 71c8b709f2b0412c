import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { operationExamples } from '@wechatpay-entrust/core/spec'
import { expect, test, vi } from 'vitest'
import { bin, runJson, spawnCli, testFolder } from '../testing/run-cli.ts'

const json = operationExamples.qsMiniProgramPreEntrustSign.args.json
const body = JSON.stringify({ ...json, notify_url: 'http://127.0.0.1:9/notify' })

test('serve-mock prints address and keys, writes the ready file, responds, and stops at Ctrl-C', async () => {
  const { folder } = testFolder()
  const child = spawnCli(['serve-mock', '--ready-file', 'mock.json', '--json'], { cwd: folder })
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  await vi.waitFor(() => expect(printed).toMatch(/\}\n$/), { timeout: 20_000 })
  expect(JSON.parse(printed)).toEqual(JSON.parse(readFileSync(join(folder, 'mock.json'), 'utf8')))
  const { code: exit } = await runJson(['pre-sign', '--mock-ready', 'mock.json', '-'], {
    cwd: folder,
    stdin: body,
  })
  expect(exit).toBe(0)
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([0, null])
  expect(existsSync(join(folder, 'mock.json'))).toBe(false)
})

test('serve-mock under npx stops when npx has ended', async () => {
  const { folder } = testFolder()
  const file = join(folder, 'mock.json')
  // The shell plays npx: it waits for its child, and is not replaced by it (`exec`).
  const script = `"$@" & wait`
  const env = { ...process.env, npm_command: 'exec' }
  const command = [
    process.execPath,
    '--conditions=@wechatpay-entrust/source',
    bin,
    'serve-mock',
    '--ready-file',
    file,
  ]
  const shell = spawn('sh', ['-c', script, 'sh', ...command], { env, stdio: 'ignore' })
  await vi.waitFor(() => expect(existsSync(file)).toBe(true), { timeout: 20_000 })
  shell.kill('SIGKILL')
  await vi.waitFor(() => expect(existsSync(file)).toBe(false), { timeout: 20_000 })
})

test('serve-mock --spec plays the operations of a document, and rejects one that is none', async () => {
  const { folder } = testFolder()
  const paths = {
    '/v3/x': { get: { operationId: 'getX', responses: { 204: { description: '' } } } },
  }
  const document = { openapi: '3.1.0', info: { title: 'X', version: '1' }, paths }
  writeFileSync(join(folder, 'x.json'), JSON.stringify(document))
  const file = join(folder, 'mock.json')
  const child = spawnCli(['serve-mock', '--spec', 'x.json', '--ready-file', file], { cwd: folder })
  await vi.waitFor(() => expect(existsSync(file)).toBe(true), { timeout: 20_000 })
  const { controlUrl } = JSON.parse(readFileSync(file, 'utf8'))
  const operations = await (await fetch(`${controlUrl}/operations`)).json()
  expect(operations.at(-1)).toEqual({ id: 'getX', method: 'GET', path: '/v3/x' })
  child.kill('SIGINT')
  await once(child, 'close')

  const none = await runJson(['serve-mock', '--spec', 'none.yaml'], { cwd: folder })
  expect([none.code, none.document.error.name]).toEqual([1, 'DocumentError'])
})
