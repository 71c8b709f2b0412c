import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { PassThrough, type Writable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { createFolder, hashOf, serve } from '../testing/file-server.ts'

const bill = Buffer.from('﻿交易时间,公众账号ID\n`2026-11-27 10:00:00,`wx1\n'.repeat(2000))
const zipped = gzipSync(bill)

const whole = (bytes: Uint8Array, headers: Record<string, string> = {}) =>
  serve((_, response) => {
    response.writeHead(200, { 'request-id': 'R-1', ...headers }).end(bytes)
  })

test('without `to` the bytes are returned, with size, hash and Request-ID', async () => {
  const { client, url, requests } = await whole(bill)
  const hash = hashOf(bill)
  const result = await client.download(url, { hash })
  expect(result).toEqual({
    size: bill.length,
    hash: hash.hash_value,
    bytes: new Uint8Array(bill),
    requestId: 'R-1',
  })
  expect(requests).toEqual(['GET /v3/billdownload/file?token=SECRET'])
})

test('the request accepts any type and names the client; the token is in no event', async () => {
  let headers: NodeJS.Dict<string | string[]> = {}
  const { client, url, events } = await serve((request, response) => {
    headers = request.headers
    response.end(bill)
  })
  await client.download(url, { hash: hashOf(bill) })
  expect(headers.accept).toBe('*/*')
  expect(headers['user-agent']).toMatch(/^wechatpay-entrust\/\d/)
  expect(events).toMatchObject([
    { type: 'attempt', operation: 'GET /v3/billdownload/file', status: 200, willRetry: false },
  ])
  expect(JSON.stringify(events)).not.toContain('SECRET')
})

test('a path: a gzip file is unpacked, and its hash covers what is inside', async () => {
  const { client, url } = await whole(zipped)
  const { path, left } = createFolder()
  const to = path('bill.csv')
  const result = await client.download(url, { hash: hashOf(bill, 'SHA256'), gunzip: true, to })
  expect(result).toMatchObject({ size: bill.length, path: to })
  expect(result).not.toHaveProperty('bytes')
  expect(readFileSync(to).equals(bill)).toBe(true)
  expect(left()).toEqual(['bill.csv'])
})

test('T-45 a file that is there is replaced only when the new one is complete', async () => {
  const { path, left } = createFolder()
  const to = path('bill.csv')
  writeFileSync(to, 'before')
  const { client, url } = await serve((_, response) => {
    response.write(bill.subarray(0, 100), () => {
      expect(readFileSync(to, 'utf8')).toBe('before')
      response.end(bill.subarray(100))
    })
  })
  await client.download(url, { hash: hashOf(bill), to })
  expect(readFileSync(to).equals(bill)).toBe(true)
  expect(left()).toEqual(['bill.csv'])
})

test('a WritableStream gets the chunks and is closed', async () => {
  const { client, url } = await whole(bill)
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const read = new Response(readable).arrayBuffer()
  await client.download(url, { hash: hashOf(bill), to: writable })
  expect(Buffer.from(await read).equals(bill)).toBe(true)
})

test('Writables of Node.js get the chunks and end: a pipe, a file', async () => {
  const { path } = createFolder()
  const { client, url } = await whole(bill)
  const pipe = new PassThrough()
  const read = pipe.toArray() as Promise<Buffer[]>
  const file = createWriteStream(path('bill.csv'))
  for (const to of [pipe, file] as Writable[]) {
    const listeners = () => ['error', 'close'].map((event) => to.listenerCount(event))
    const before = listeners()
    await client.download(url, { hash: hashOf(bill), to })
    expect(listeners()).toEqual(before)
  }
  expect(Buffer.concat(await read).equals(bill)).toBe(true)
  expect(readFileSync(path('bill.csv')).equals(bill)).toBe(true)
})

test('a slow sink is waited for: chunks do not pile up in memory', async () => {
  const { client, url } = await whole(Buffer.alloc(4_000_000))
  let writing = 0
  let most = 0
  const to = new WritableStream<Uint8Array>({
    async write() {
      writing += 1
      most = Math.max(most, writing)
      await new Promise(setImmediate)
      writing -= 1
    },
  })
  const { size } = await client.download(url, { hash: hashOf(Buffer.alloc(4_000_000)), to })
  expect([size, most]).toEqual([4_000_000, 1])
})

test('hash type and value in any case; the verified response can be given as it is', async () => {
  const { client, url } = await whole(bill)
  const { hash_value } = hashOf(bill)
  const response = { hash_type: 'sha1', hash_value: hash_value.toUpperCase(), download_url: url }
  expect((await client.download(url, { hash: response })).hash).toBe(hash_value)
})

test('an empty file, plain and compressed', async () => {
  for (const [bytes, gunzip] of [
    [Buffer.alloc(0), false],
    [gzipSync(''), true],
  ] as const) {
    const { client, url } = await whole(bytes)
    const { path } = createFolder()
    const to = path('empty')
    expect(await client.download(url, { hash: hashOf(''), gunzip, to })).toMatchObject({ size: 0 })
    expect(readFileSync(to).length).toBe(0)
  }
})

test('a body that fetch has decoded is not unpacked again', async () => {
  const { client, url } = await whole(zipped, { 'content-encoding': 'gzip' })
  for (const gunzip of [true, false]) {
    const { size } = await client.download(url, { hash: hashOf(bill), gunzip })
    expect(size).toBe(bill.length)
  }
})

test('progress: received bytes grow up to the declared length; what it throws is ignored', async () => {
  const { client, url } = await whole(zipped, { 'content-length': String(zipped.length) })
  const seen: { receivedBytes: number; totalBytes: number | undefined }[] = []
  const onProgress = (progress: (typeof seen)[number]) => {
    seen.push(progress)
    throw new Error('ignored')
  }
  await client.download(url, { hash: hashOf(bill), gunzip: true, onProgress })
  expect(seen.at(-1)).toEqual({ receivedBytes: zipped.length, totalBytes: zipped.length })
  const sizes = seen.map(({ receivedBytes }) => receivedBytes)
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
})

test('a path instead of a URL goes to the client’s host', async () => {
  const { client, requests } = await whole(bill)
  await client.download('/v3/billdownload/file?token=1', { hash: hashOf(bill) })
  expect(requests).toEqual(['GET /v3/billdownload/file?token=1'])
})

test('downloadUnverified: bytes without a hash, and the result says so', async () => {
  const { client, origin } = await whole(bill)
  const { path, left } = createFolder()
  const at = `${origin}/v3/merchant-service/images/ChsyMDA1`
  expect(await client.downloadUnverified(at)).toEqual({
    size: bill.length,
    bytes: new Uint8Array(bill),
    requestId: 'R-1',
    verified: false,
  })
  const to = path('image')
  expect(await client.downloadUnverified(at, { to })).toMatchObject({ path: to, verified: false })
  expect(left()).toEqual(['image'])
})

test('without node:crypto the hash is WebCrypto’s', async () => {
  const { client, url } = await whole(zipped)
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
  const digest = vi.spyOn(crypto.subtle, 'digest')
  for (const type of ['SHA1', 'SHA256'] as const) {
    const { bytes } = await client.download(url, { hash: hashOf(bill, type), gunzip: true })
    expect(bytes).toEqual(new Uint8Array(bill))
  }
  expect(digest.mock.calls.map(([name]) => name)).toEqual(['SHA-1', 'SHA-256'])
  const wrong = client.download(url, { hash: hashOf('other') })
  await expect(wrong).rejects.toMatchObject({ code: 'HASH_MISMATCH' })
})
