import { type ChildProcess, spawn } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ReadyInfo } from '../entries/node.ts'
import { isSignedBy, open, preSignBody, preSignPath, send } from '../testing/by-hand.ts'
import { startReceiver } from '../testing/receiver.ts'

const script = fileURLToPath(new URL('../../../scripts/mock.ts', import.meta.url))
let folder: string
let keys: string
let children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-command-'))
  keys = mkdtempSync(join(tmpdir(), 'mock-keys-'))
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  for (const path of [folder, keys]) rmSync(path, { recursive: true })
})

function run(...args: string[]) {
  const child = spawn(
    process.execPath,
    ['--conditions=@wechatpay-entrust/source', script, ...args],
    {
      cwd: tmpdir(),
      // The keys are in a folder of the test, so that a killed mock leaves no files.
      env: { ...process.env, INIT_CWD: folder, TMPDIR: keys },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  children.push(child)
  const output = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (output.out += chunk))
  child.stderr.on('data', (chunk) => (output.err += chunk))
  return { child, output, ended: once(child, 'close').then(([code]) => code as number | null) }
}

/** Starts the mock and waits for its ready file. */
async function start(...args: string[]) {
  const command = run('--ready-file', 'ready.json', ...args)
  const file = join(folder, 'ready.json')
  await vi.waitFor(() => expect(existsSync(file)).toBe(true), { timeout: 50_000, interval: 10 })
  return { ...command, file, ready: JSON.parse(readFileSync(file, 'utf8')) as ReadyInfo }
}

test.each(['certificate', 'publicKey'] as const)(
  'a client that knows only the ready file completes the whole flow (%s)',
  async (mode) => {
    const receiver = await startReceiver()
    const { ready, output } = await start('--port', '0')
    try {
      const privateKey = readFileSync(ready.merchantPrivateKeyPath, 'utf8')
      const keys = {
        certificate: [
          readFileSync(ready.platformCertificatePath, 'utf8'),
          ready.platformCertificateSerialNumber,
        ],
        publicKey: [readFileSync(ready.publicKeyPath, 'utf8'), ready.publicKeyId],
      } as const
      const [pem, serial] = keys[mode]
      const body = JSON.stringify({ ...preSignBody, notify_url: receiver.url })
      const identity = { mchid: ready.mchid, serialNumber: ready.merchantSerialNumber, privateKey }
      const response = await send(ready.baseUrl, {
        method: 'POST',
        target: preSignPath,
        body,
        headers: { 'Wechatpay-Serial': serial },
        ...identity,
      })
      expect(response.status).toBe(200)
      expect(isSignedBy(pem, serial, response.headers, response.body)).toBe(true)

      const { pre_entrustweb_id } = response.json
      const signed = await fetch(`${ready.controlUrl}/sign`, {
        method: 'POST',
        body: JSON.stringify({ pre_entrustweb_id }),
      })
      expect(signed.status).toBe(200)
      const [notification] = receiver.received
      expect(
        isSignedBy(
          pem,
          serial,
          notification?.headers ?? new Map(),
          notification?.body ?? Buffer.of(),
        ),
      ).toBe(true)
      const { resource } = JSON.parse(notification?.body.toString('utf8') ?? '')
      expect(JSON.parse(open(resource, ready.apiV3Key))).toMatchObject({
        contract_state: 'SIGNED',
        openid: preSignBody.openid,
      })
      expect(output.err).toMatch(/MOCK .*TEST keys/)
    } finally {
      await receiver.close()
    }
  },
)

test('the ready file has the fixed keys, absolute paths to valid PEM files, and no other file beside it', async () => {
  const { ready } = await start()
  expect(Object.keys(ready).sort()).toEqual([
    'apiV3Key',
    'baseUrl',
    'controlUrl',
    'mchid',
    'merchantPrivateKeyPath',
    'merchantSerialNumber',
    'platformCertificatePath',
    'platformCertificateSerialNumber',
    'publicKeyId',
    'publicKeyPath',
  ])
  expect(ready.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(ready.controlUrl).toBe(`${ready.baseUrl}/__mock`)
  expect(
    [ready.merchantPrivateKeyPath, ready.platformCertificatePath, ready.publicKeyPath].every(
      isAbsolute,
    ),
  ).toBe(true)
  expect(createPrivateKey(readFileSync(ready.merchantPrivateKeyPath)).asymmetricKeyType).toBe('rsa')
  expect(new X509Certificate(readFileSync(ready.platformCertificatePath)).serialNumber).toBe(
    ready.platformCertificateSerialNumber,
  )
  expect(readdirSync(folder)).toEqual(['ready.json'])
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends it with code 0, even with an open connection: port closed, ready file and keys deleted',
  async (signal) => {
    const { child, ended, file, ready } = await start()
    const socket = connect(Number(new URL(ready.baseUrl).port), '127.0.0.1')
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    socket.write('GET /__mock/requests HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(socket, 'data')
    child.kill(signal)
    expect(await ended).toBe(0)
    expect([existsSync(file), existsSync(dirname(ready.publicKeyPath))]).toEqual([false, false])
    await expect(send(ready.baseUrl, { target: '/' })).rejects.toThrow('ECONNREFUSED')
  },
)

test('a failed start writes no file and one line, and exits with 1', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  for (const args of [
    ['--port', String(port), '--ready-file', 'ready.json'],
    ['--ready-file', 'no/such/folder/ready.json'],
  ]) {
    const { ended, output } = run(...args)
    expect(await ended).toBe(1)
    expect(output.err).toMatch(/^wechatpay-entrust-mock: could not start: .+\n$/)
  }
  expect(readdirSync(folder)).toEqual([])
  other.close()
})

test.each([
  ['--nothing'],
  ['--port', '65536'],
  ['--port', 'x'],
  ['--notification-key', '1.5'],
  ['--notification-key', 'both'],
  ['extra'],
  ['--ready-file', ''],
  ['--spec', ''],
])('%s %s is invalid: one line and code 2', async (...args) => {
  const { ended, output } = run(...args)
  expect(await ended).toBe(2)
  expect(output.err).toMatch(/^wechatpay-entrust-mock: .+--help.*\n$/)
})

test('--notification-key simulates the gradual key switch (灰度)', async () => {
  const receiver = await startReceiver()
  const { ready } = await start('--notification-key', 'publicKey')
  const body = JSON.stringify({ ...preSignBody, notify_url: receiver.url })
  const { json } = await send(ready.baseUrl, { method: 'POST', target: preSignPath, body })
  await fetch(`${ready.controlUrl}/sign`, {
    method: 'POST',
    body: JSON.stringify({ pre_entrustweb_id: json.pre_entrustweb_id }),
  })
  expect(receiver.received[0]?.headers.get('Wechatpay-Serial')).toBe(ready.publicKeyId)
  await receiver.close()
})

const document = `openapi: 3.0.3
info: { title: Orders, version: '1' }
paths:
  /v3/orders/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties: { id: { type: string, example: '1' }, state: { type: string, example: PAID } }
`

test('--spec plays the operations of a document, and prints notes once', async () => {
  writeFileSync(join(folder, 'orders.yaml'), document)
  const { ready, output } = await start('--spec', 'orders.yaml')
  const { status, json } = await send(ready.baseUrl, { target: '/v3/orders/7' })
  expect([status, json]).toEqual([200, { id: '7', state: 'PAID' }])
  // The document has no operationId.
  const operations = await (await fetch(`${ready.controlUrl}/operations`)).json()
  expect(operations.at(-1)).toMatchObject({ method: 'GET', path: '/v3/orders/{id}' })
  const notes = output.err.match(/^note: .*orders\.yaml .*$/gm) ?? []
  expect(notes).toContainEqual(expect.stringMatching(/operationId/))
  expect(new Set(notes).size).toBe(notes.length)
})

test('--spec can be repeated, and the files may be JSON', async () => {
  writeFileSync(join(folder, 'orders.yaml'), document)
  const paths = {
    '/v3/x': { delete: { operationId: 'x', responses: { 204: { description: '' } } } },
  }
  const other = { openapi: '3.1.0', info: { title: 'X', version: '1' }, paths }
  writeFileSync(join(folder, 'x.json'), JSON.stringify(other))
  const { ready } = await start('--spec', 'orders.yaml', '--spec', 'x.json')
  expect((await send(ready.baseUrl, { target: '/v3/orders/7' })).status).toBe(200)
  const deleted = await send(ready.baseUrl, { method: 'DELETE', target: '/v3/x' })
  expect([deleted.status, deleted.body.length]).toEqual([204, 0])
  expect(deleted.headers.has('Content-Length')).toBe(false)
})

test('the problems of a document are printed one in a line, and it exits with 1', async () => {
  const broken = document
    .replace('example: PAID', "$ref: '#/components/schemas/A'")
    .replace("example: '1'", "$ref: '#/components/schemas/B'")
  writeFileSync(join(folder, 'broken.yaml'), broken)
  const { ended, output } = run('--spec', 'broken.yaml', '--ready-file', 'ready.json')
  expect(await ended).toBe(1)
  const lines = output.err.trimEnd().split('\n')
  expect(lines).toHaveLength(2)
  for (const line of lines)
    expect(line).toMatch(
      /^wechatpay-entrust-mock: .*broken\.yaml:\d+:\d+ #\/paths\/.*: found .*; expected /,
    )
  expect(existsSync(join(folder, 'ready.json'))).toBe(false)
  const missing = run('--spec', 'no-such.yaml')
  expect(await missing.ended).toBe(1)
  expect(missing.output.err).toMatch(/^wechatpay-entrust-mock: .*no-such\.yaml.*\n$/)
})

test('--help explains the options and exits with 0', async () => {
  const { ended, output } = run('--help')
  expect(await ended).toBe(0)
  expect(output.out).toContain('--notification-key')
})

test('the mock continues when the reader of its output stops reading', async () => {
  const { child, ready } = await start()
  child.stdout.destroy()
  child.stderr.destroy()
  const body = JSON.stringify({ ...preSignBody, notify_url: 'http://127.0.0.1:9/notify' })
  const { json } = await send(ready.baseUrl, { method: 'POST', target: preSignPath, body })
  const sign = {
    method: 'POST',
    body: JSON.stringify({ pre_entrustweb_id: json.pre_entrustweb_id }),
  }
  // The failed delivery is reported on stderr, which is closed.
  expect((await fetch(`${ready.controlUrl}/sign`, sign)).status).toBe(200)
  expect(await (await fetch(`${ready.controlUrl}/deliveries`)).json()).toMatchObject([
    { status: null, attempt: 1 },
  ])
  expect((await send(ready.baseUrl, { target: '/v3/certificates' })).status).toBe(200)
})

test('a mock that ends does not delete the ready file of the mock that replaced it', async () => {
  const first = await start()
  const second = run('--ready-file', 'ready.json')
  const read = () => JSON.parse(readFileSync(first.file, 'utf8')) as ReadyInfo
  await vi.waitFor(() => expect(read().baseUrl).not.toBe(first.ready.baseUrl), {
    timeout: 50_000,
    interval: 10,
  })
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  expect((await send(read().baseUrl, { target: '/v3/certificates' })).status).toBe(200)
  second.child.kill('SIGTERM')
  expect(await second.ended).toBe(0)
  expect(existsSync(first.file)).toBe(false)
})

test('a mock that npx started ends with npx', async () => {
  // Like npm exec: a shell that waits for the command and does not forward the signal.
  const command = [
    process.execPath,
    '--conditions=@wechatpay-entrust/source',
    script,
    '--ready-file',
    'ready.json',
  ]
  const shell = spawn('sh', ['-c', `${command.map((word) => `'${word}'`).join(' ')}; true`], {
    env: { ...process.env, INIT_CWD: folder, TMPDIR: keys, npm_command: 'exec' },
    stdio: 'ignore',
  })
  children.push(shell)
  const file = join(folder, 'ready.json')
  await vi.waitFor(() => expect(existsSync(file)).toBe(true), { timeout: 50_000, interval: 10 })
  shell.kill('SIGTERM')
  await vi.waitFor(() => expect(existsSync(file)).toBe(false), { timeout: 50_000, interval: 50 })
})
