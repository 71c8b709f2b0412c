import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../call/client.ts'
import type { ClientFetch } from '../call/transport.ts'
import { createFolder, hashOf, serve } from '../testing/file-server.ts'
import { rejection } from '../testing/handler.ts'

afterEach(() => vi.useRealTimers())

const bill = Buffer.from('账单\n'.repeat(20_000))
const zipped = gzipSync(bill)

/** Sends half of the bytes and breaks the connection, the given number of times; then all. */
function breaking(times: number, bytes: Buffer) {
  let broken = 0
  return serve((request, response) => {
    response.writeHead(200, { 'content-length': String(bytes.length) })
    if (broken === times) return response.end(bytes)
    broken += 1
    response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy())
  })
}

test.each([
  ['a path', bill, false],
  ['a path and gzip', zipped, true],
])('a connection that breaks is repeated from the start: %s', async (_, bytes, gunzip) => {
  const { client, url, events } = await breaking(2, bytes)
  const { path, left } = createFolder()
  const to = path('bill.csv')
  await client.download(url, { hash: hashOf(bill), gunzip, to })
  expect(readFileSync(to).equals(bill)).toBe(true)
  expect(left()).toEqual(['bill.csv'])
  expect(events.map(({ code, willRetry }) => [code, willRetry])).toEqual([
    ['NETWORK_ERROR', true],
    ['NETWORK_ERROR', true],
    [undefined, false],
  ])
})

test('bytes in memory are repeated too; after the last attempt the error is NETWORK_ERROR', async () => {
  const twice = await breaking(2, bill)
  const { bytes } = await twice.client.download(twice.url, { hash: hashOf(bill) })
  expect(Buffer.from(bytes ?? []).equals(bill)).toBe(true)
  const { client, url, requests } = await breaking(9, bill)
  const { path, left } = createFolder()
  const pending = client.download(url, { hash: hashOf(bill), to: path('x'), maxAttempts: 2 })
  expect(await rejection(pending)).toMatchObject({
    code: 'NETWORK_ERROR',
    outcome: 'failed',
    retryable: true,
    verified: false,
  })
  expect(requests).toHaveLength(2)
  expect(left()).toEqual([])
})

test('once bytes went to a stream of the caller, no attempt follows', async () => {
  for (const make of [
    () => new WritableStream<Uint8Array>(),
    () => new PassThrough().resume().on('error', () => {}),
  ]) {
    const { client, url, requests } = await breaking(1, bill)
    const error = await rejection(client.download(url, { hash: hashOf(bill), to: make() }))
    expect(error).toMatchObject({ code: 'NETWORK_ERROR', retryable: false })
    expect(requests).toHaveLength(1)
  }
})

test('a stream is kept over attempts that failed before their first byte', async () => {
  const statuses = [503, 502]
  const { client, url, requests } = await serve((_, response) => {
    response.writeHead(statuses.shift() ?? 200).end(bill)
  })
  const to = new PassThrough()
  const read = to.toArray() as Promise<Buffer[]>
  await client.download(url, { hash: hashOf(bill), to })
  expect(Buffer.concat(await read).equals(bill)).toBe(true)
  expect(requests).toHaveLength(3)
})

test('a host that fails is replaced by the backup host, with path and query', async () => {
  const { url, origin } = await serve((_, response) => void response.end(bill))
  const asked: string[] = []
  const unverifiedFetch: ClientFetch = async (at) => {
    asked.push(at)
    if (at.startsWith(origin)) throw new TypeError('fetch failed')
    return new Response(bill)
  }
  const fetch = unverifiedFetch
  const backupBaseUrl = 'https://backup.test'
  const client = createClient({ fetch, unverifiedFetch, baseUrl: origin, backupBaseUrl })
  await client.download(url, { hash: hashOf(bill) })
  expect(asked).toEqual([url, url.replace(origin, backupBaseUrl)])
})

test('an abort before the call: nothing is sent, no file is made, the stream stays usable', async () => {
  const { client, url, requests } = await serve((_, response) => void response.end(bill))
  const { path, left } = createFolder()
  const reason = new Error('before')
  const signal = AbortSignal.abort(reason)
  const to = new PassThrough()
  const hash = hashOf(bill)
  expect(await rejection(client.download(url, { hash, to: path('x'), signal }))).toBe(reason)
  expect(await rejection(client.download(url, { hash, to, signal }))).toBe(reason)
  expect([requests, left(), to.writable]).toEqual([[], [], true])
})

test.each(['headers', 'body', 'compressed body'])(
  'T-21 an abort while waiting for the %s',
  async (at) => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const gone: Promise<unknown>[] = []
    const { client, url, requests } = await serve((request, response) => {
      gone.push(new Promise((resolve) => request.socket.on('close', resolve)))
      if (at === 'headers') return controller.abort(reason)
      response.write((at === 'body' ? bill : zipped).subarray(0, 100))
    })
    const { path, left } = createFolder()
    const pending = client.download(url, {
      hash: hashOf(bill),
      gunzip: at === 'compressed body',
      to: path('x'),
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    })
    expect(await rejection(pending)).toBe(reason)
    expect(left()).toEqual([])
    expect(requests).toHaveLength(1)
    await gone[0]
  },
)

test('an abort while a sink blocks, and while it closes: it is aborted with the reason', async () => {
  const reason = new Error('enough')
  const never = new Promise<void>(() => {})
  for (const method of ['write', 'close'] as const) {
    const { client, url } = await serve((_, response) => void response.end(bill))
    const controller = new AbortController()
    const { signal } = controller
    const to = new WritableStream<Uint8Array>({
      [method]: () => {
        controller.abort(reason)
        return never
      },
    })
    const pending = client.download(url, { hash: hashOf(bill), to, signal })
    expect(await rejection(pending)).toBe(reason)
    const pipe = new PassThrough().on('error', () => {})
    const stuck = new AbortController()
    const second = client.download(url, {
      hash: hashOf(bill),
      to: pipe,
      signal: stuck.signal,
      // Nothing reads the pipe: it takes some chunks, then blocks.
      onProgress: ({ receivedBytes }) => receivedBytes > 60_000 && stuck.abort(reason),
    })
    expect(await rejection(second)).toBe(reason)
    expect([pipe.destroyed, pipe.errored]).toEqual([true, reason])
  }
})

test('an abort between the last byte and the name leaves no file', async () => {
  const { client, url } = await serve((_, response) => void response.end(bill))
  const { path, left } = createFolder()
  const controller = new AbortController()
  const fs = process.getBuiltinModule('node:fs/promises')
  vi.spyOn(process, 'getBuiltinModule').mockImplementation(((name: string) =>
    name !== 'node:fs/promises'
      ? undefined
      : {
          ...fs,
          open: async (...args: Parameters<typeof fs.open>) => {
            const handle = await fs.open(...args)
            const sync = handle.sync.bind(handle)
            return Object.assign(handle, {
              sync: () => {
                controller.abort(new Error('late'))
                return sync()
              },
            })
          },
        }) as never)
  const options = { hash: hashOf(bill), to: path('x'), signal: controller.signal }
  expect(await rejection(client.download(url, options))).toMatchObject({ message: 'late' })
  expect(left()).toEqual([])
})

/** A client whose response has one chunk and never ends; `stalled` resolves when it waits. */
function stalling(options: { timeout?: number } = {}) {
  let stall = () => {}
  const stalled = new Promise<void>((resolve) => {
    stall = resolve
  })
  let isFirst = true
  const pull = (controller: ReadableStreamDefaultController) => {
    if (!isFirst) {
      stall()
      return new Promise<void>(() => {})
    }
    isFirst = false
    controller.enqueue(new Uint8Array(10))
    return undefined
  }
  const unverifiedFetch: ClientFetch = async () =>
    new Response(new ReadableStream({ pull }, { highWaterMark: 0 }))
  const client = createClient({ fetch: unverifiedFetch, unverifiedFetch, ...options })
  return { client, stalled }
}

test('a slow stream ends at the deadline: ten minutes, not the client’s 30 seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const { client, stalled } = stalling()
  const { path, left } = createFolder()
  const settled = vi.fn()
  const pending = rejection(
    client.download('/v3/billdownload/file', { hash: hashOf(bill), to: path('x') }),
  )
  pending.then(settled)
  await stalled
  await vi.advanceTimersByTimeAsync(599_999)
  expect(settled).not.toHaveBeenCalled()
  expect(left()).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(await pending).toMatchObject({
    code: 'TIMEOUT',
    outcome: 'failed',
    message: expect.stringContaining('within 600000 ms'),
  })
  expect(left()).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

test('`timeout` of the call ends it, and destroys a stream', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const { client, stalled } = stalling()
  const to = new PassThrough().resume().on('error', () => {})
  const hash = hashOf(bill)
  const pending = rejection(client.download('/v3/billdownload/file', { hash, to, timeout: 2000 }))
  await stalled
  await vi.advanceTimersByTimeAsync(2000)
  expect(await pending).toMatchObject({ code: 'TIMEOUT' })
  expect(to.destroyed).toBe(true)
})
