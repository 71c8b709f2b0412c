import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  connectionRefused,
  operations,
  probe,
  reset,
  responseFor,
  run,
} from '../testing/attempts.ts'
import {
  preSignBody,
  preSignResponse,
  rejection,
  responding,
  verified,
} from '../testing/handler.ts'
import { createClient } from './client.ts'
import type { ClientOptions } from './client-options.ts'

// No jitter, so no pause.
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  vi.restoreAllMocks()
})

const main = 'api.mch.weixin.qq.com'
const backup = 'api2.mch.weixin.qq.com'

test('after a failed connection, 502, 503 or 504 the call goes on at the backup host', async () => {
  for (const step of [connectionRefused, reset, 502, 503, 504]) {
    expect((await run('preSign', [step, 200])).hosts, String(step)).toEqual([main, backup])
    expect((await run('preSign', [step])).hosts, String(step)).toEqual([main, backup, backup])
  }
  for (const step of [500, 429, 202, probe])
    expect((await run('preSign', [step, 200])).hosts, String(step)).toEqual([main, main])
  expect((await run('preSign', [500, 503, 200])).hosts).toEqual([main, main, backup])
  expect((await run('preSign', [503, 500, 200])).hosts).toEqual([main, backup, backup])
})

test('the next call begins at the main host again', async () => {
  const { client, seen } = await run('query', [503, 200])
  await operations.query(client)
  expect(seen.map(({ url }) => new URL(url).hostname)).toEqual([main, backup, main])
})

test('no backup host with `false`, or with a custom base URL unless it is set', async () => {
  const hosts = async (options: Partial<ClientOptions>) =>
    (await run('preSign', [503], options)).hosts
  expect(await hosts({ backupBaseUrl: false })).toEqual([main, main, main])
  expect(await hosts({ baseUrl: 'https://gateway.test' })).toEqual([
    'gateway.test',
    'gateway.test',
    'gateway.test',
  ])
  const named = { baseUrl: 'https://a.test', backupBaseUrl: 'https://b.test/' }
  expect(await hosts(named)).toEqual(['a.test', 'b.test', 'b.test'])
  expect(await hosts({ baseUrl: `https://${main}/` })).toEqual([main, backup, backup])
})

test('the rules for the main host also apply to the backup host', async () => {
  const { fetch } = responding(() => responseFor(200))
  for (const backupBaseUrl of [
    '',
    'b.test',
    'http://b.test',
    'https://b.test/v3',
    'https://u:p@b.test',
  ])
    expect(() => createClient({ fetch, backupBaseUrl }), backupBaseUrl).toThrow(
      'createClient: `backupBaseUrl`: found',
    )
  const loopback = { baseUrl: 'http://127.0.0.1:1', backupBaseUrl: 'https://b.test' }
  const json = { ...preSignBody, notify_url: 'http://127.0.0.1:2/notify' }
  const send = (options: Partial<ClientOptions>) =>
    createClient({ fetch, ...options }).qsMiniProgramPreEntrustSign({ json })
  await expect(send({ ...loopback, backupBaseUrl: undefined })).resolves.toBeDefined()
  expect(await rejection(send(loopback))).toMatchObject({
    name: 'RequestError',
    field: '/notify_url',
  })
})

test('allowLoopbackHttp decides about a notify_url on this machine, whatever the hosts are', async () => {
  const json = { ...preSignBody, notify_url: 'http://127.0.0.1:2/notify' }
  const send = (options: Partial<ClientOptions>) => {
    const { fetch } = responding(() => verified(preSignResponse))
    return createClient({ fetch, ...options }).qsMiniProgramPreEntrustSign({ json })
  }
  await expect(send({ allowLoopbackHttp: true })).resolves.toBeDefined()
  for (const options of [{}, { allowLoopbackHttp: false, baseUrl: 'http://127.0.0.1:1' }])
    expect(await rejection(send(options))).toMatchObject({
      name: 'RequestError',
      field: '/notify_url',
    })
})
