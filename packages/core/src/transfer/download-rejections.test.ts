import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { PassThrough, Writable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { ApiError } from '../errors/api-error.ts'
import { createFolder, hashOf, serve } from '../testing/file-server.ts'
import { rejection } from '../testing/handler.ts'

const bill = Buffer.from('账单\n'.repeat(5000))
const zipped = gzipSync(bill)
const sending = (bytes: Uint8Array, headers: Record<string, string> = {}) =>
  serve((_, response) => {
    response.writeHead(200, { 'request-id': 'R-1', ...headers }).end(bytes)
  })

/** A WritableStream, what it got, and why it was aborted. */
function createSink() {
  const got: Uint8Array[] = []
  const seen: { aborted?: unknown; closed?: true } = {}
  const to = new WritableStream<Uint8Array>({
    write: (chunk) => void got.push(chunk),
    close: () => void Object.assign(seen, { closed: true }),
    abort: (reason) => void Object.assign(seen, { aborted: reason }),
  })
  return { to, got, seen }
}

test('T-45 a path: a file with another hash is not kept, and the earlier file stays', async () => {
  const { client, url, requests } = await sending(bill)
  const { path, left } = createFolder()
  const hash = hashOf('other')
  const error = (await rejection(client.download(url, { hash, to: path('bill.csv') }))) as ApiError
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({
    code: 'HASH_MISMATCH',
    status: 200,
    outcome: 'failed',
    retryable: false,
    verified: false,
    requestId: 'R-1',
    operation: 'GET /v3/billdownload/file',
  })
  expect(error.message).toMatch(
    /^GET \/v3\/billdownload\/file: HTTP 200 HASH_MISMATCH: the file of/,
  )
  expect(error.message.endsWith(error.remedy?.en ?? '-')).toBe(true)
  expect(error.remedy?.zh).toContain('哈希值')
  expect(left()).toEqual([])
  expect(requests).toHaveLength(1)
  writeFileSync(path('bill.csv'), 'before')
  await rejection(client.download(url, { hash, to: path('bill.csv') }))
  expect(readFileSync(path('bill.csv'), 'utf8')).toBe('before')
  expect(left()).toEqual(['bill.csv'])
})

test('T-45 streams: a sink with another hash is destroyed, never closed', async () => {
  const { client, url } = await sending(bill)
  const { to, seen } = createSink()
  const error = await rejection(client.download(url, { hash: hashOf('other'), to }))
  expect(seen).toEqual({ aborted: error })
  const pipe = new PassThrough().resume()
  const failed = once(pipe, 'error')
  const second = await rejection(client.download(url, { hash: hashOf('other'), to: pipe }))
  expect([pipe.destroyed, pipe.writableFinished]).toEqual([true, false])
  expect(await failed).toEqual([second])
})

test.each([
  ['another file', bill],
  ['half a file', zipped.subarray(0, zipped.length / 2)],
  ['nothing', Buffer.alloc(0)],
  ['a wrong checksum', Buffer.concat([zipped.subarray(0, -8), Buffer.alloc(8)])],
  ['bytes behind its end', Buffer.concat([zipped, Buffer.from('more')])],
])('not valid gzip, %s: MALFORMED_RESPONSE, and nothing is kept', async (_, bytes) => {
  const { client, url, requests } = await sending(bytes)
  const { path, left } = createFolder()
  const options = { hash: hashOf(bill), gunzip: true, to: path('bill.csv') }
  expect(await rejection(client.download(url, options))).toMatchObject({
    code: 'MALFORMED_RESPONSE',
    retryable: false,
    cause: expect.any(Error),
    message: expect.stringContaining('the file is not valid gzip'),
  })
  expect(left()).toEqual([])
  expect(requests).toHaveLength(1)
})

test('a small file that unpacks to a very large one is stopped: BODY_TOO_LARGE (T-20)', async () => {
  const bomb = gzipSync(Buffer.alloc(100_000_000))
  const { client, url } = await sending(bomb)
  const { to, got, seen } = createSink()
  const options = { hash: hashOf(''), gunzip: true, maxBytes: 1_000_000, to }
  const error = await rejection(client.download(url, options))
  expect(error).toMatchObject({
    code: 'BODY_TOO_LARGE',
    message: expect.stringContaining('1000000'),
  })
  expect(got.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(1_000_000)
  expect(seen.aborted).toBe(error)
})

test('over the limit, declared or endless: BODY_TOO_LARGE; exactly the limit is kept (T-19)', async () => {
  const declared = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '10000000000' }).write('x')
  })
  const endless = await serve((_, response) => {
    const drip = () => response.write(Buffer.alloc(10_000)) && setImmediate(drip)
    response.on('drain', drip)
    drip()
  })
  for (const { client, url, requests } of [declared, endless]) {
    for (const gunzip of [false, true]) {
      const { path, left } = createFolder()
      const limits = { maxBytes: 50_000, gunzip: gunzip && url === declared.url }
      const pending = client.download(url, { hash: hashOf(''), to: path('x'), ...limits })
      expect(await rejection(pending)).toMatchObject({ code: 'BODY_TOO_LARGE', status: 200 })
      expect(left()).toEqual([])
    }
    expect(requests).toHaveLength(2)
  }
  const { client, url } = await sending(bill)
  const maxBytes = bill.length
  expect(await client.download(url, { hash: hashOf(bill), maxBytes })).toMatchObject({
    size: maxBytes,
  })
})

test('bytes in memory: 64 MiB at most by default', async () => {
  const { client, url } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': String(64 * 1024 * 1024 + 1) }).write('x')
  })
  expect(await rejection(client.download(url, { hash: hashOf('') }))).toMatchObject({
    code: 'BODY_TOO_LARGE',
    message: expect.stringContaining('more than 67108864 bytes'),
  })
})

test.each([
  [404, 'RESOURCE_NOT_EXISTS'],
  [302, 'HTTP_302'],
  [401, 'SIGN_ERROR'],
])('a %i: an ApiError, not verified, after one attempt', async (status, code) => {
  const { client, url, requests } = await serve((_, response) => {
    response.writeHead(status, { location: '/v3/x' })
    response.end(code.startsWith('HTTP') ? '' : JSON.stringify({ code, message: '文件' }))
  })
  const { path, left } = createFolder()
  const pending = client.download(url, { hash: hashOf(bill), to: path('x') })
  expect(await rejection(pending)).toMatchObject({ code, status, verified: false })
  expect(left()).toEqual([])
  expect(requests).toHaveLength(1)
})

test('another 2xx than 200 is not the whole file: MALFORMED_RESPONSE', async () => {
  for (const status of [204, 206]) {
    const { client, url } = await serve((_, response) => void response.writeHead(status).end())
    expect(await rejection(client.download(url, { hash: hashOf('') }))).toMatchObject({
      code: 'MALFORMED_RESPONSE',
      message: expect.stringContaining(`found status ${status}; expected 200`),
    })
  }
})

const failing = {
  'a WritableStream whose write fails': (cause: Error) =>
    new WritableStream<Uint8Array>({ write: () => Promise.reject(cause) }),
  'a WritableStream whose close fails': (cause: Error) =>
    new WritableStream<Uint8Array>({ close: () => Promise.reject(cause) }),
  'a Writable whose write fails': (cause: Error) =>
    new Writable({ write: (_, __, done) => done(cause) }),
  'a Writable whose end fails': (cause: Error) =>
    new Writable({ write: (_, __, done) => done(), final: (done) => done(cause) }),
}
test.each(Object.entries(failing))(
  '%s: TARGET_FAILED with the cause, no retry',
  async (_, make) => {
    const { client, url, requests } = await sending(bill)
    const cause = Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    const error = await rejection(client.download(url, { hash: hashOf(bill), to: make(cause) }))
    expect(error).toMatchObject({ code: 'TARGET_FAILED', cause, retryable: false })
    expect((error as Error).message).not.toContain('no space left')
    expect(requests).toHaveLength(1)
  },
)

test('a Writable that is destroyed meanwhile: TARGET_FAILED', async () => {
  const { client, url } = await sending(bill)
  const to = new Writable({ write: () => void to.destroy() })
  expect(await rejection(client.download(url, { hash: hashOf(bill), to }))).toMatchObject({
    code: 'TARGET_FAILED',
    cause: { message: 'the stream was closed before its end' },
  })
})

test.each(['write', 'sync', 'truncate'])(
  'a disk that fails at %s leaves no file',
  async (method) => {
    const { client, url } = await sending(bill)
    const { path, left } = createFolder()
    const fs = process.getBuiltinModule('node:fs/promises')
    const cause = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
    vi.spyOn(process, 'getBuiltinModule').mockImplementation(((name: string) =>
      name !== 'node:fs/promises'
        ? undefined
        : {
            ...fs,
            open: async (...args: Parameters<typeof fs.open>) =>
              Object.assign(await fs.open(...args), { [method]: () => Promise.reject(cause) }),
          }) as never)
    const pending = client.download(url, { hash: hashOf(bill), to: path('x') })
    expect(await rejection(pending)).toMatchObject({ code: 'TARGET_FAILED', cause })
    expect(left()).toEqual([])
  },
)

test('a file that cannot get its name: TARGET_FAILED, and no temporary file is left', async () => {
  const { path, left } = createFolder()
  const to = path('bill.csv')
  const { client, url } = await serve((_, response) => {
    mkdirSync(`${to}/occupied`, { recursive: true })
    response.end(bill)
  })
  expect(await rejection(client.download(url, { hash: hashOf(bill), to }))).toMatchObject({
    code: 'TARGET_FAILED',
    message: expect.stringContaining('could not get its name'),
  })
  expect(left()).toEqual(['bill.csv'])
  expect(existsSync(`${to}/occupied`)).toBe(true)
})
