import { inspect } from 'node:util'
import { expect, test, vi } from 'vitest'
import { createSigningFetch } from '../fetch/signing-fetch.ts'
import { certificateService, platformCertificate } from '../testing/certificate-service.ts'
import { failToConnect, first, hour, minute, second, setUpDownloads } from '../testing/downloads.ts'
import { credentials, url } from '../testing/responding.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'

const { apiV3Key } = testingKeys
const downloads = setUpDownloads()

test.each([404, 500])(
  'an account without certificates, HTTP %i: the message explains what to configure',
  async (status) => {
    downloads.service.failWith = () => new Response('{"code":"SYSTEM_ERROR"}', { status })
    const keys = downloads.create()
    const error = await thrownBy(() => keys.ready())
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'certificates-unavailable' })
    expect(error.message).toContain(`HTTP ${status}`)
    expect(error.message).toMatch(/pass publicKey \{ id, pem \}/)
  },
)

test.each([429, 502, 503, 504])(
  'HTTP %i is a temporary failure: the error reports that nothing was sent',
  async (status) => {
    downloads.service.failWith = () => new Response('', { status })
    const error = await thrownBy(() => downloads.create().ready())
    expect(error).toMatchObject({ name: 'Error', unsent: true })
    expect(error.message).toContain(`HTTP ${status}`)
  },
)

test('HTTP 401 explains the signature, and nothing of the request was sent', async () => {
  downloads.service.failWith = () =>
    new Response('{"detail":{"field":"serial_no"}}', { status: 401 })
  const signingFetch = createSigningFetch({
    credentials,
    platformKeys: downloads.create(),
    fetch: downloads.service.fetch,
    clock: downloads.clock,
  })
  const error = await thrownBy(() => signingFetch(url))
  expect(error).toMatchObject({ code: 'certificates-unavailable' })
  expect(error.message).toContain('does not know certificate')
  expect(downloads.service.sent.map(({ url }) => new URL(url).pathname)).toEqual([
    '/v3/certificates',
  ])
})

test('a failed first download is tried again with the next request', async () => {
  downloads.service.failWith = failToConnect
  const keys = downloads.create()
  await thrownBy(() => keys.ready())
  downloads.service.failWith = undefined
  await keys.ready()
  expect(keys.requestSerial).toBe('A1')
})

test('the signal of a request ends only the wait of that request', async () => {
  let respond: (() => void) | undefined
  const held = new Promise<void>((resolve) => {
    respond = resolve
  })
  const { fetch } = downloads.service
  const keys = downloads.create({ fetch: (...request) => held.then(() => fetch(...request)) })
  const patient = keys.ready()
  const reason = new Error('enough')
  const controller = new AbortController()
  const impatient = thrownBy(() => keys.ready(controller.signal))
  controller.abort(reason)
  expect(await impatient).toBe(reason)
  respond?.()
  await patient
  expect(keys.serials).toEqual(['A1'])
})

test('a message before the first download waits for it; a failed download is not reported as a forgery', async () => {
  expect(await downloads.create().find('A1')).toBeDefined()
  downloads.service.failWith = () => new Response('', { status: 404 })
  expect(await thrownBy(() => downloads.create().find('A1'))).toMatchObject({
    code: 'certificates-unavailable',
  })
})

test('close ends timer and download, is idempotent, and the known keys still verify', async () => {
  const keys = downloads.create()
  await keys.ready()
  expect(vi.getTimerCount()).toBe(1)
  keys.close()
  keys.close()
  expect(vi.getTimerCount()).toBe(0)
  downloads.now += 24 * hour
  expect(await keys.find('A1')).toBeDefined()
  expect(await keys.find('B2')).toBeUndefined()
  expect(keys.ready()).toBeUndefined()
  expect((await thrownBy(() => keys.refresh())).message).toContain('closed')
  expect(downloads.count()).toBe(1)
})

test('close ends a running download and reports nothing', async () => {
  const { fetch } = certificateService([first], downloads.clock)
  let signal: AbortSignal | null | undefined
  const keys = downloads.create({
    fetch: (input, init) => {
      signal = init?.signal
      return new Promise(() => void fetch(input, init))
    },
  })
  const waiting = thrownBy(() => keys.ready())
  await vi.waitFor(() => expect(signal).toBeDefined())
  keys.close()
  expect((await waiting).message).toContain('closed')
  expect(signal?.aborted).toBe(true)
  expect(downloads.events).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

test('a listener that throws or rejects changes nothing', async () => {
  const listeners = [
    () => {
      throw new Error('mine')
    },
    async () => {
      throw new Error('mine too')
    },
  ]
  for (const onEvent of listeners) {
    const keys = downloads.create({ onEvent })
    await keys.ready()
    expect(keys.serials).toEqual(['A1'])
  }
})

test("the mock's certificates are rejected without allowMockKeys: mock-keys (T-33)", async () => {
  downloads.service.list = [platformCertificate('4D4F434B01', '2020', '2030')]
  expect(await thrownBy(() => downloads.create().ready())).toMatchObject({ code: 'mock-keys' })
  await downloads.create({ allowMockKeys: true }).ready()
})

test('two merchants share no key, download or timer (T-14)', async () => {
  const others = certificateService([second], downloads.clock)
  const [one, other] = [downloads.create(), downloads.create({ fetch: others.fetch })]
  await one.ready()
  expect(other.serials).toEqual([])
  expect(vi.getTimerCount()).toBe(1)
  await other.ready()
  expect(vi.getTimerCount()).toBe(2)
  downloads.now += 2 * minute
  expect(await one.find('B2')).toBeUndefined()
  expect(await other.find('A1')).toBeUndefined()
  one.close()
  expect(vi.getTimerCount()).toBe(1)
  await other.refresh()
  expect(one.serials).toEqual(['A1'])
})

test('the timer does not keep the process alive, and close removes it, also when called twice (T-38)', async () => {
  const set = vi.spyOn(globalThis, 'setTimeout')
  const keys = downloads.create()
  await keys.ready()
  const timers = set.mock.results.map(({ value }) => value as NodeJS.Timeout)
  set.mockRestore()
  expect(timers.map((timer) => timer.hasRef())).toEqual([false])
  expect(vi.getTimerCount()).toBe(1)
  keys.close()
  keys.close()
  expect(vi.getTimerCount()).toBe(0)
})

test('neither inspect nor JSON shows the APIv3 key, or a private key (T-26)', async () => {
  const keys = downloads.create()
  await keys.ready()
  const shown =
    inspect(keys, { depth: null, showHidden: true }) + JSON.stringify(keys) + String(keys)
  for (const secret of [apiV3Key, testingKeys.merchant.privateKey.split('\n')[3] as string])
    expect(shown).not.toContain(secret)
})
