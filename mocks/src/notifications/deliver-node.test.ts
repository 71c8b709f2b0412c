import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { startReceiver } from '../testing/receiver.ts'
import { type Address, createNodeDelivery, type NodeDeliveryOptions } from './deliver-node.ts'

let close: (() => Promise<void>) | undefined
afterEach(async () => {
  await close?.()
  close = undefined
})

async function receive(statuses?: number[]) {
  const receiver = await startReceiver(statuses)
  close = receiver.close
  return receiver
}

const post = (url: string, options: NodeDeliveryOptions = {}, signal = AbortSignal.timeout(3000)) =>
  createNodeDelivery(options)({
    url,
    headers: { 'Wechatpay-Serial': 'X', 'Request-ID': 'Y' },
    body: new Uint8Array([1, 2]),
    signal,
  })

const noAddress = async (): Promise<Address[]> => {
  throw new Error('looked a name up')
}

const rejected = [
  'http://10.0.0.1/',
  'http://192.168.1.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://0.0.0.0/',
  'http://[::]/',
  'http://[fd00::1]/',
  'http://[fe80::1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://8.8.8.8/',
  'http://0x0a000001/',
  'http://167772161/',
  'http://012.0.0.1/',
  'https://93.184.216.34/',
  'http://[64:ff9b::7f00:1]/',
]

test.each(rejected)('T-32 %s is rejected', async (url) => {
  await expect(post(url)).rejects.toThrow('not loopback')
})

test.each([
  ['http://user@127.0.0.1/'],
  ['http://user:pass@localhost/'],
  ['http://:pass@localhost/'],
])('T-32 credentials in %s are rejected', async (url) => {
  await expect(post(url, { resolve: noAddress })).rejects.toThrow('user name')
})

test.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'gopher://127.0.0.1/', 'data:,x'])(
  'T-32 the scheme of %s is rejected',
  async (url) => {
    await expect(post(url, { resolve: noAddress })).rejects.toThrow('neither http nor https')
  },
)

test.each([
  '127.0.0.1',
  '0x7f.1',
  '2130706433',
  '①②⑦.0.0.1',
  '127.1',
  '[::ffff:127.0.0.1]',
  'localhost',
])('T-32 %s is this machine', async (host) => {
  const { url, received } = await receive()
  await expect(post(url.replace('127.0.0.1', host))).resolves.toBe(204)
  expect(received).toHaveLength(1)
})

test('T-32 a name is rejected when any of its addresses is not loopback', async () => {
  const resolve = async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ]
  await expect(post('http://mixed.test/', { resolve })).rejects.toThrow('not loopback')
})

test('T-32 a name that rebinds is resolved once, and the connection uses the checked address', async () => {
  const { url, received } = await receive()
  let lookups = 0
  const resolve = async () => {
    lookups += 1
    return [{ address: lookups === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]
  }
  await expect(post(url.replace('127.0.0.1', 'rebinding.test'), { resolve })).resolves.toBe(204)
  expect(lookups).toBe(1)
  expect(received[0]?.headers.get('Host')).toContain('rebinding.test')
})

test('T-32 a host in allowNotifyHosts can have any address', async () => {
  const { url, received } = await receive()
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
  await expect(
    post(url.replace('127.0.0.1', 'shop.test'), { resolve, allowNotifyHosts: ['Shop.test'] }),
  ).resolves.toBe(204)
  expect(received).toHaveLength(1)
})

test('T-32 ::1 is this machine, and a named host is allowed at another address', async () => {
  const at = (address: string, family: number) => ({ resolve: async () => [{ address, family }] })
  const failure = (options: NodeDeliveryOptions) =>
    post('http://shop.test:1/', options, AbortSignal.timeout(50)).catch(
      (error: Error) => error.message,
    )
  expect(await failure(at('::1', 6))).not.toContain('not loopback')
  // An address for documentation (RFC 5737): no server has it.
  expect(await failure(at('192.0.2.1', 4))).toContain('not loopback')
  expect(await failure({ ...at('192.0.2.1', 4), allowNotifyHosts: ['shop.test'] })).not.toContain(
    'not loopback',
  )
})

test('T-32 a name without an address is an error', async () => {
  await expect(post('http://nowhere.test/', { resolve: async () => [] })).rejects.toThrow(
    'has no address',
  )
})

test('T-32 the response is dropped unread, and the signal ends the wait for a response', async () => {
  let closed = false
  const server = createServer((request, response) => {
    if (request.url === '/silent') return
    response.once('close', () => {
      closed = true
    })
    response.write('without an end')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  close = async () => {
    server.closeAllConnections()
    server.close()
  }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await expect(post(url)).resolves.toBe(200)
  await expect.poll(() => closed).toBe(true)
  await expect(post(`${url}/silent`, {}, AbortSignal.timeout(50))).rejects.toThrow(/abort/i)
})

test('T-32 a redirect is not followed', async () => {
  const { url, received } = await receive([302])
  await expect(post(url)).resolves.toBe(302)
  expect(received).toHaveLength(1)
})

test('header names keep their case, and the body its bytes', async () => {
  const { url, received } = await receive()
  await post(url)
  expect([...(received[0]?.headers ?? [])].map(([name]) => name)).toEqual(
    expect.arrayContaining(['Wechatpay-Serial', 'Request-ID', 'Content-Length']),
  )
  expect([...(received[0]?.body ?? [])]).toEqual([1, 2])
})

test('the signal ends a lookup that never ends, and a closed port is an error', async () => {
  const never = () => new Promise<Address[]>(() => undefined)
  await expect(
    post('http://slow.test/', { resolve: never }, AbortSignal.timeout(50)),
  ).rejects.toThrow()
  const reason = new Error('before')
  await expect(
    post('http://slow.test/', { resolve: never }, AbortSignal.abort(reason)),
  ).rejects.toBe(reason)
  await expect(post('http://127.0.0.1:1/')).rejects.toThrow(/ECONNREFUSED/)
})
