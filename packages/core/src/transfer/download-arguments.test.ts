import { PassThrough } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { type Client, createClient } from '../call/client.ts'
import type { ClientOptions } from '../call/client-options.ts'
import { RequestError } from '../request/request-error.ts'
import { createFolder, hashOf } from '../testing/file-server.ts'
import { rejection } from '../testing/handler.ts'
import type { DownloadOptions } from './download.ts'

const url = 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=SECRET'
const hash = hashOf('x')

/** A client that sends nothing; the list of what it was asked to send. */
function bench(options: Partial<ClientOptions> = {}): { client: Client; sent: string[] } {
  const sent: string[] = []
  const fetch = async (at: string) => {
    sent.push(at)
    return new Response('x')
  }
  return { sent, client: createClient({ fetch, unverifiedFetch: fetch, ...options }) }
}

/** The RequestError of a download that must not be sent. */
async function rejected(at: unknown, options: unknown): Promise<RequestError> {
  const { client, sent } = bench()
  const error = await rejection(client.download(at as string, options as DownloadOptions))
  expect(error).toBeInstanceOf(RequestError)
  expect(sent).toEqual([])
  const { message } = error as RequestError
  expect(message).toMatch(/^download: nothing was sent\. /)
  expect(message).not.toContain('SECRET')
  return error as RequestError
}

test.each([
  [{ hash, gunZip: true }, 'unknown-member', 'gunZip', 'expected `gunzip`, if that is meant'],
  [{ hash, path: 'x' }, 'unknown-member', 'path', 'known: '],
  [{ hash, gunzip: 'yes' }, 'wrong-type', 'gunzip', 'expected a boolean'],
  [{ hash, onProgress: {} }, 'wrong-type', 'onProgress', 'expected a function'],
  [{ hash, maxBytes: 0 }, 'invalid-max-bytes', 'maxBytes', 'found 0; expected a whole number'],
  [{ hash, maxBytes: '1' }, 'invalid-max-bytes', 'maxBytes', 'found a value of type string'],
  [{ hash, maxBytes: 1.5 }, 'invalid-max-bytes', 'maxBytes', 'found 1.5'],
  [{ hash, timeout: 0 }, 'invalid-timeout', 'timeout', 'found 0'],
  [{ hash, maxAttempts: 6 }, 'invalid-max-attempts', 'maxAttempts', 'found 6'],
  [undefined, 'invalid-hash', 'hash', 'downloadUnverified is for streams without a hash'],
  [{}, 'invalid-hash', 'hash', 'found nothing'],
  [{ hash: null }, 'invalid-hash', 'hash', 'found null'],
  [{ hash: hash.hash_value }, 'invalid-hash', 'hash', 'found a value of type string'],
  [
    { hash: { ...hash, hash_type: 'SM3' } },
    'invalid-hash',
    'hash.hash_type',
    'found "SM3"; expected SHA1 or SHA256',
  ],
  [{ hash: { hash_value: 'x' } }, 'invalid-hash', 'hash.hash_type', 'found nothing'],
  [{ hash: { ...hash, hash_value: '' } }, 'invalid-hash', 'hash.hash_value', 'an empty text'],
  [{ hash: { ...hash, hash_value: 'zz' } }, 'invalid-hash', 'hash.hash_value', '40 hex digits'],
  [
    { hash: { ...hash, hash_type: 'SHA256' } },
    'invalid-hash',
    'hash.hash_value',
    'found 40 characters; expected 64 hex digits',
  ],
  [{ hash, to: '' }, 'invalid-target', 'to', 'found an empty text'],
  [{ hash, to: 1 }, 'invalid-target', 'to', 'found 1'],
  [{ hash, to: new ReadableStream() }, 'invalid-target', 'to', 'found a value of type object'],
])('options %j: %s', async (options, code, field, text) => {
  const error = await rejected(url, options)
  expect(error).toMatchObject({ code, field, location: 'options' })
  expect(error.message).toContain(text)
  expect(error.remedy?.zh).toContain('请求未发出')
})

test.each([
  [undefined, 'found nothing'],
  ['', 'found an empty text'],
  [new URL(url), 'found a value of type object'],
  ['billdownload/file', 'a text that is no URL'],
  ['https://evil.test/v3/billdownload/file?token=SECRET', 'a URL on https://evil.test'],
  ['http://api.mch.weixin.qq.com/v3/x?token=SECRET', 'a URL on http://api.mch.weixin.qq.com'],
  ['https://api.mch.weixin.qq.com:444/v3/x', 'a URL on https://api.mch.weixin.qq.com:444'],
  ['https://SECRET@api.mch.weixin.qq.com/v3/x', 'a URL with a user name or a fragment'],
  ['https://api.mch.weixin.qq.com/v3/x#SECRET', 'a URL with a user name or a fragment'],
  ['https://api.mch.weixin.qq.com/x', 'a URL with another path'],
  ['https://api.mch.weixin.qq.com/v3/../x', 'a URL with another path'],
])('T-31 the url %s: invalid-url', async (at, text) => {
  const error = await rejected(at, { hash })
  expect(error).toMatchObject({ code: 'invalid-url', location: 'arguments', field: 'url' })
  expect(error.message).toContain(text)
})

test('a path is checked like that of request: invalid-path', async () => {
  const { client, sent } = bench()
  for (const at of ['/pay/x?token=SECRET', '/v3/a b']) {
    const error = await rejection(client.download(at, { hash }))
    expect(error).toMatchObject({ name: 'RequestError', code: 'invalid-path' })
    expect((error as Error).message).not.toContain('SECRET')
  }
  expect(sent).toEqual([])
})

test('hosts: those of the client and of WeChat Pay, as they are', async () => {
  const { client, sent } = bench({ baseUrl: 'https://gateway.test' })
  const urls = [
    url,
    url.replace('api.', 'api2.'),
    'https://gateway.test/v3/billdownload/file?token=%20a%27',
  ]
  for (const at of urls) await client.download(at, { hash })
  expect(sent).toEqual(urls)
})

test('streams that nothing can be written to are rejected before sending: invalid-target', async () => {
  const locked = new WritableStream()
  locked.getWriter()
  const ended = new PassThrough().end()
  const destroyed = new PassThrough().destroy()
  for (const to of [locked, ended, destroyed]) {
    const error = await rejected(url, { hash, to })
    expect(error).toMatchObject({ code: 'invalid-target', field: 'to' })
    expect(error.message).toContain('locked, ended or destroyed')
  }
})

test('a folder, and a path in a folder that does not exist: invalid-target, with the cause', async () => {
  const { path, left } = createFolder()
  const folder = await rejected(url, { hash, to: path('.') })
  expect(folder.message).toContain(`found the folder ${path('.')}; expected a file`)
  const missing = await rejected(url, { hash, to: path('none/bill.csv') })
  expect(missing).toMatchObject({ code: 'invalid-target', cause: { code: 'ENOENT' } })
  expect(missing.message).toContain(`${path('none/bill.csv')} (ENOENT), where no file can be made`)
  expect(left()).toEqual([])
})

test('a path needs a file system: invalid-target', async () => {
  vi.spyOn(process, 'getBuiltinModule').mockImplementation(() => {
    throw new Error('not here')
  })
  const error = await rejected(url, { hash, to: 'bill.csv' })
  expect(error.message).toContain('this runtime has no file system; expected a WritableStream')
})

test('without unverifiedFetch both downloads say what is missing: missing-fetch', async () => {
  const { client, sent } = bench({ unverifiedFetch: undefined })
  for (const [name, call] of [
    ['download', () => client.download(url, { hash })],
    ['downloadUnverified', () => client.downloadUnverified(url)],
  ] as const) {
    const error = (await rejection(call())) as RequestError
    expect(error).toMatchObject({ code: 'missing-fetch', field: 'unverifiedFetch' })
    expect(error.message).toMatch(new RegExp(`^${name}: .*createUnverifiedFetch`))
  }
  expect(sent).toEqual([])
})

test('downloadUnverified has neither hash nor gunzip: unknown-member', async () => {
  const { client, sent } = bench()
  for (const [name, value] of Object.entries({ hash, gunzip: true })) {
    const pending = client.downloadUnverified(url, { [name]: value } as never)
    expect(await rejection(pending)).toMatchObject({ code: 'unknown-member', field: name })
  }
  expect(sent).toEqual([])
})

test('an unverifiedFetch that is no function is rejected by createClient', () => {
  expect(() => bench({ unverifiedFetch: {} as never })).toThrow(/`unverifiedFetch`/)
})

test('what unverifiedFetch returns is checked: UNVERIFIED_RESPONSE', async () => {
  const { client } = bench({ unverifiedFetch: (async () => undefined) as never })
  expect(await rejection(client.download(url, { hash }))).toMatchObject({
    code: 'UNVERIFIED_RESPONSE',
  })
})

test('a body that is no stream of bytes: MALFORMED_RESPONSE', async () => {
  const body = new ReadableStream({ start: (controller) => controller.enqueue('text') })
  const { client } = bench({
    unverifiedFetch: async () => Object.defineProperty(new Response(), 'body', { value: body }),
  })
  expect(await rejection(client.download(url, { hash }))).toMatchObject({
    code: 'MALFORMED_RESPONSE',
  })
})
