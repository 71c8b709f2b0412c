import { afterEach, expect, test, vi } from 'vitest'
import { startReceiver } from '../testing/receiver.ts'
import { checkNotifyUrl, createFetchDelivery } from './deliver.ts'

let close: (() => Promise<void>) | undefined
afterEach(async () => {
  vi.unstubAllGlobals()
  await close?.()
  close = undefined
})

const post = (url: string, signal = AbortSignal.timeout(3000)) =>
  createFetchDelivery()({ url, headers: {}, body: new Uint8Array([1]), signal })

test('T-32 allowNotifyHosts must have the whole host name, in any case', () => {
  const isNamed = (url: string) => checkNotifyUrl(url, { allowNotifyHosts: ['Shop.test'] }).named
  expect(['http://shop.test/', 'https://SHOP.test:8443/n'].map(isNamed)).toEqual([true, true])
  const others = [
    'http://evil-shop.test/',
    'http://shop.test.evil.test/',
    'http://a.shop.test/',
    'http://10.0.0.1/',
  ]
  expect(others.filter(isNamed)).toEqual([])
})

test('T-32 by fetch too, credentials, other schemes and other machines are rejected, and redirects not followed', async () => {
  for (const url of ['http://user@127.0.0.1/', 'http://:password@127.0.0.1/'])
    await expect(post(url)).rejects.toThrow('notify_url holds a user name or a password')
  await expect(post('data:,x')).rejects.toThrow('neither http nor https')
  await expect(post('http://10.0.0.1/')).rejects.toThrow('not loopback')
  const receiver = await startReceiver([302])
  close = receiver.close
  await expect(post(receiver.url)).resolves.toBe(302)
  expect(receiver.received).toHaveLength(1)
})

test('the signal ends the attempt, and the response body is dropped', async () => {
  const reason = new Error('reset')
  await expect(post('http://127.0.0.1:1/', AbortSignal.abort(reason))).rejects.toBe(reason)
  let dropped = false
  const cancel = () => {
    dropped = true
  }
  vi.stubGlobal('fetch', async () => new Response(new ReadableStream({ cancel })))
  await expect(post('http://127.0.0.1/')).resolves.toBe(200)
  expect(dropped).toBe(true)
})
