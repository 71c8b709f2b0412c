import { inspect } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AuthEvent } from '../events.ts'
import { createSigningFetch } from '../fetch/signing-fetch.ts'
import {
  type CertificateService,
  certificateService,
  platformCertificate,
} from '../testing/certificate-service.ts'
import { credentials, url } from '../testing/responding.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import {
  createDownloadedKeys,
  type DownloadedKeys,
  type DownloadedKeysOptions,
} from './downloaded-keys.ts'

const { apiV3Key, publicKey } = testingKeys
const first = platformCertificate('A1', '2020', '2030')
const second = platformCertificate('B2', '2025', '2035')
const start = Date.parse('2026-01-01T00:00:00Z')
const minute = 60_000
const hour = 60 * minute

let now: number
let events: AuthEvent[]
let service: CertificateService
let made: DownloadedKeys[]
const clock = () => now

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  now = start
  events = []
  made = []
  service = certificateService([first], clock)
})
afterEach(() => {
  for (const keys of made) keys.close()
  vi.useRealTimers()
})

function create(options: Partial<DownloadedKeysOptions> = {}): DownloadedKeys {
  const keys = createDownloadedKeys({
    credentials,
    apiV3Key,
    fetch: service.fetch,
    clock,
    onEvent: (event) => events.push(event),
    random: () => 0.5,
    ...options,
  })
  made.push(keys)
  return keys
}

/**
 * Advances clock and timers, then waits for the download to end, which sets the next timer.
 */
async function advance(milliseconds: number) {
  now += milliseconds
  await vi.advanceTimersByTimeAsync(milliseconds)
  await until(() => vi.getTimerCount() === 1)
}

async function until(condition: () => boolean) {
  for (let turn = 0; !condition(); turn++) {
    if (turn === 100_000) throw new Error('the condition did not become true')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const downloads = () => service.sent.filter(({ url }) => url.endsWith('/v3/certificates')).length
const down = () => Promise.reject(new TypeError('fetch failed'))

test('the first request starts one download, and then names the newest certificate', async () => {
  service.list = [first, second]
  const keys = create()
  expect(keys.requestSerial).toBeUndefined()
  expect(service.sent).toHaveLength(0)
  const signingFetch = createSigningFetch({
    credentials,
    platformKeys: keys,
    fetch: service.fetch,
    clock,
  })
  expect(
    (await Promise.all([signingFetch(url), signingFetch(url)])).map(({ verified }) => verified),
  ).toEqual([true, true])
  expect(downloads()).toBe(1)
  expect(service.sent.map(({ headers }) => headers.get('wechatpay-serial'))).toEqual([
    null,
    'B2',
    'B2',
  ])
  expect(service.sent[0]?.headers.get('authorization')).toMatch(/^WECHATPAY2-SHA256-RSA2048 mchid=/)
  expect(events).toEqual([{ type: 'certificates:refreshed', serials: ['A1', 'B2'] }])
})

test('the first download is verified by a certificate in it, and by no other (T-01)', async () => {
  service.signedBy = 'C3'
  expect(await thrownBy(() => create().refresh())).toMatchObject({
    name: 'SignatureError',
    code: 'unknown-serial',
  })
  service.failWith = async () => new Response('{"data":[]}')
  expect(await thrownBy(() => create().refresh())).toMatchObject({ code: 'missing-header' })
})

test('every certificate verifies until its last second, and requests name the newest in force (T-07)', async () => {
  service.list = [first, second]
  const keys = create()
  await keys.ready()
  expect(keys.requestSerial).toBe('B2')
  now = Date.parse('2030-01-01T00:00:00Z')
  expect(await keys.find('A1')).toBeDefined()
  now += 1
  expect(await thrownBy(() => keys.find('A1'))).toMatchObject({ code: 'expired-certificate' })
  expect(await keys.find('B2')).toBeDefined()
  expect(keys.requestSerial).toBe('B2')
})

test('a listed certificate that is not yet in force verifies, but requests do not name it', async () => {
  service.list = [first, platformCertificate('D4', '2027', '2037')]
  const keys = create()
  await keys.ready()
  expect(await keys.find('D4')).toBeDefined()
  expect(keys.requestSerial).toBe('A1')
})

test('a new list replaces the old one: a certificate that is no longer listed verifies nothing (T-07)', async () => {
  const keys = create()
  await keys.ready()
  service.list = [second]
  now += 2 * minute
  expect(await keys.find('B2')).toBeDefined()
  expect(keys.serials).toEqual(['B2'])
})

test('the list is downloaded again within 12 hours, with jitter (T-07)', async () => {
  const dueAfter = async (random: number) => {
    const keys = create({ random: () => random })
    await keys.ready()
    const before = downloads()
    let hours = 0
    for (; downloads() === before; hours += 0.5) await advance(hour / 2)
    keys.close()
    return hours
  }
  expect(await dueAfter(0)).toBe(9)
  expect(await dueAfter(0.5)).toBe(10)
  expect(await dueAfter(0.999)).toBe(11)
})

test('a process whose timers were frozen downloads at its next request, which does not wait', async () => {
  const keys = create()
  await keys.ready()
  now += 11 * hour
  expect(keys.ready()).toBeUndefined()
  await until(() => events.length === 2)
  expect(downloads()).toBe(2)
})

test('a failed download keeps the old set and reports certificates:stale, even for 48 hours (T-07)', async () => {
  const keys = create()
  await keys.ready()
  service.failWith = down
  await advance(10 * hour)
  expect(events.at(-1)).toMatchObject({
    type: 'certificates:stale',
    failures: 1,
    refreshedAt: start,
  })
  for (let quarters = 0; quarters < 4 * 48; quarters++) await advance(hour / 4)
  expect(await keys.find('A1')).toBeDefined()
  expect(keys.ready()).toBeUndefined()
  const { failures } = events.at(-1) as AuthEvent & { failures: number }
  // Retried soon after the first failure, and at most an hour after the last.
  expect(failures).toBeGreaterThan(40)
  expect(failures).toBeLessThan(120)
  service.failWith = undefined
  await advance(hour)
  expect(events.at(-1)).toMatchObject({ type: 'certificates:refreshed' })
})

test('1,000 unknown serial numbers in a second cause one download, and one a minute at most (T-06)', async () => {
  const keys = create()
  await keys.ready()
  const ask = () =>
    Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        keys.find((index + 0xf000).toString(16).toUpperCase()),
      ),
    )
  expect((await ask()).every((key) => key === undefined)).toBe(true)
  expect(downloads()).toBe(1)
  now += minute
  await ask()
  expect(downloads()).toBe(2)
  now += minute - 1
  await ask()
  expect(downloads()).toBe(2)
  now += 1
  service.list = [first, second]
  const [found] = await Promise.all([keys.find('B2'), ask()])
  expect(found).toBeDefined()
  expect(downloads()).toBe(3)
})

test('the cool-down also applies while the service is down and when the clock jumps (T-06)', async () => {
  service.failWith = down
  const keys = create({ publicKey: { id: publicKey.id, pem: publicKey.publicKey } })
  for (let second = 0; second < 60; second++) {
    expect(await keys.find('EE')).toBeUndefined()
    now += 1000
  }
  expect(downloads()).toBe(1)
  now -= 61_000
  await keys.find('EE')
  now -= 24 * hour
  await keys.find('EE')
  expect(downloads()).toBe(2)
})

test('only a value shaped like a certificate serial number triggers a download (T-06)', async () => {
  const keys = create({ publicKey: { id: publicKey.id, pem: publicKey.publicKey } })
  const never = [
    '',
    'a1',
    ' A1',
    'PUB_KEY_ID_0',
    'A'.repeat(41),
    'A'.repeat(10_000),
    '__proto__',
    'A1\n',
  ]
  for (const serial of never) expect(keys.find(serial)).toBeUndefined()
  expect(downloads()).toBe(0)
})

test('with a public key and certificates, each message is verified with the key that it names (T-06)', async () => {
  const keys = create({ publicKey: { id: publicKey.id, pem: publicKey.publicKey } })
  expect(keys.requestSerial).toBe(publicKey.id)
  expect(keys.ready()).toBeUndefined()
  await until(() => events.length === 1)
  expect(service.sent[0]?.headers.get('wechatpay-serial')).toBe(publicKey.id)
  expect(keys.serials).toEqual([publicKey.id, 'A1'])
  const [one, two] = [await keys.find(publicKey.id), await keys.find('A1')]
  expect(one && two).toBeDefined()
  expect(one).not.toBe(two)
})

test.each([404, 500])(
  'an account without certificates, HTTP %i: the message says what to configure',
  async (status) => {
    service.failWith = () => new Response('{"code":"SYSTEM_ERROR"}', { status })
    const keys = create()
    const error = await thrownBy(() => keys.ready())
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'certificates-unavailable' })
    expect(error.message).toContain(`HTTP ${status}`)
    expect(error.message).toMatch(/give publicKey \{ id, pem \}/)
  },
)

test.each([429, 502, 503, 504])(
  'HTTP %i is a temporary failure: the error says that nothing was sent',
  async (status) => {
    service.failWith = () => new Response('', { status })
    const error = await thrownBy(() => create().ready())
    expect(error).toMatchObject({ name: 'Error', unsent: true })
    expect(error.message).toContain(`HTTP ${status}`)
  },
)

test('HTTP 401 explains the signature, and nothing of the request was sent', async () => {
  service.failWith = () => new Response('{"detail":{"field":"serial_no"}}', { status: 401 })
  const signingFetch = createSigningFetch({
    credentials,
    platformKeys: create(),
    fetch: service.fetch,
    clock,
  })
  const error = await thrownBy(() => signingFetch(url))
  expect(error).toMatchObject({ code: 'certificates-unavailable' })
  expect(error.message).toContain('does not know certificate')
  expect(service.sent.map(({ url }) => new URL(url).pathname)).toEqual(['/v3/certificates'])
})

test('a failed first download is tried again with the next request', async () => {
  service.failWith = down
  const keys = create()
  await thrownBy(() => keys.ready())
  service.failWith = undefined
  await keys.ready()
  expect(keys.requestSerial).toBe('A1')
})

test('the signal of a request ends only the wait of that request', async () => {
  let respond: (() => void) | undefined
  const held = new Promise<void>((resolve) => {
    respond = resolve
  })
  const { fetch } = service
  const keys = create({ fetch: (...request) => held.then(() => fetch(...request)) })
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
  expect(await create().find('A1')).toBeDefined()
  service.failWith = () => new Response('', { status: 404 })
  expect(await thrownBy(() => create().find('A1'))).toMatchObject({
    code: 'certificates-unavailable',
  })
})

test('close ends timer and download, is idempotent, and the known keys still verify', async () => {
  const keys = create()
  await keys.ready()
  expect(vi.getTimerCount()).toBe(1)
  keys.close()
  keys.close()
  expect(vi.getTimerCount()).toBe(0)
  now += 24 * hour
  expect(await keys.find('A1')).toBeDefined()
  expect(await keys.find('B2')).toBeUndefined()
  expect(keys.ready()).toBeUndefined()
  expect((await thrownBy(() => keys.refresh())).message).toContain('closed')
  expect(downloads()).toBe(1)
})

test('close ends a running download and reports nothing', async () => {
  const { fetch } = certificateService([first], clock)
  let signal: AbortSignal | null | undefined
  const keys = create({
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
  expect(events).toEqual([])
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
    const keys = create({ onEvent })
    await keys.ready()
    expect(keys.serials).toEqual(['A1'])
  }
})

test("the mock's certificates are rejected without allowMockKeys: mock-keys (T-33)", async () => {
  service.list = [platformCertificate('4D4F434B01', '2020', '2030')]
  expect(await thrownBy(() => create().ready())).toMatchObject({ code: 'mock-keys' })
  await create({ allowMockKeys: true }).ready()
})

test('two merchants share no key, download or timer (T-14)', async () => {
  const others = certificateService([second], clock)
  const [one, other] = [create(), create({ fetch: others.fetch })]
  await one.ready()
  expect(other.serials).toEqual([])
  expect(vi.getTimerCount()).toBe(1)
  await other.ready()
  expect(vi.getTimerCount()).toBe(2)
  now += 2 * minute
  expect(await one.find('B2')).toBeUndefined()
  expect(await other.find('A1')).toBeUndefined()
  one.close()
  expect(vi.getTimerCount()).toBe(1)
  await other.refresh()
  expect(one.serials).toEqual(['A1'])
})

test('the timer does not keep the process alive, and close removes it, also when called twice (T-38)', async () => {
  const set = vi.spyOn(globalThis, 'setTimeout')
  const keys = create()
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
  const keys = create()
  await keys.ready()
  const shown =
    inspect(keys, { depth: null, showHidden: true }) + JSON.stringify(keys) + String(keys)
  for (const secret of [apiV3Key, testingKeys.merchant.privateKey.split('\n')[3] as string])
    expect(shown).not.toContain(secret)
})
