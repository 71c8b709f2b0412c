import { expect, test } from 'vitest'
import type { AuthEvent } from '../events.ts'
import { createSigningFetch } from '../fetch/signing-fetch.ts'
import { platformCertificate } from '../testing/certificate-service.ts'
import {
  failToConnect,
  first,
  hour,
  minute,
  second,
  setUpDownloads,
  until,
} from '../testing/downloads.ts'
import { credentials, url } from '../testing/responding.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'

const { publicKey } = testingKeys
const downloads = setUpDownloads()

test('the first request starts one download, and then names the newest certificate', async () => {
  downloads.service.list = [first, second]
  const keys = downloads.create()
  expect(keys.requestSerial).toBeUndefined()
  expect(downloads.service.sent).toHaveLength(0)
  const signingFetch = createSigningFetch({
    credentials,
    platformKeys: keys,
    fetch: downloads.service.fetch,
    clock: downloads.clock,
  })
  expect(
    (await Promise.all([signingFetch(url), signingFetch(url)])).map(({ verified }) => verified),
  ).toEqual([true, true])
  expect(downloads.count()).toBe(1)
  expect(downloads.service.sent.map(({ headers }) => headers.get('wechatpay-serial'))).toEqual([
    null,
    'B2',
    'B2',
  ])
  expect(downloads.service.sent[0]?.headers.get('authorization')).toMatch(
    /^WECHATPAY2-SHA256-RSA2048 mchid=/,
  )
  expect(downloads.events).toEqual([{ type: 'certificates:refreshed', serials: ['A1', 'B2'] }])
})

test('the first download is verified by a certificate in it, and by no other (T-01)', async () => {
  downloads.service.signedBy = 'C3'
  expect(await thrownBy(() => downloads.create().refresh())).toMatchObject({
    name: 'SignatureError',
    code: 'unknown-serial',
  })
  downloads.service.failWith = async () => new Response('{"data":[]}')
  expect(await thrownBy(() => downloads.create().refresh())).toMatchObject({
    code: 'missing-header',
  })
})

test('every certificate verifies until its last second, and requests name the newest in force (T-07)', async () => {
  downloads.service.list = [first, second]
  const keys = downloads.create()
  await keys.ready()
  expect(keys.requestSerial).toBe('B2')
  downloads.now = Date.parse('2030-01-01T00:00:00Z')
  expect(await keys.find('A1')).toBeDefined()
  downloads.now += 1
  expect(await thrownBy(() => keys.find('A1'))).toMatchObject({ code: 'expired-certificate' })
  expect(await keys.find('B2')).toBeDefined()
  expect(keys.requestSerial).toBe('B2')
})

test('a listed certificate that is not yet in force verifies, but requests do not name it', async () => {
  downloads.service.list = [first, platformCertificate('D4', '2027', '2037')]
  const keys = downloads.create()
  await keys.ready()
  expect(await keys.find('D4')).toBeDefined()
  expect(keys.requestSerial).toBe('A1')
})

test('a new list replaces the old one: a certificate that is no longer listed verifies nothing (T-07)', async () => {
  const keys = downloads.create()
  await keys.ready()
  downloads.service.list = [second]
  downloads.now += 2 * minute
  expect(await keys.find('B2')).toBeDefined()
  expect(keys.serials).toEqual(['B2'])
})

test('the list is downloaded again within 12 hours, with jitter (T-07)', async () => {
  const dueAfter = async (random: number) => {
    const keys = downloads.create({ random: () => random })
    await keys.ready()
    const before = downloads.count()
    let hours = 0
    for (; downloads.count() === before; hours += 0.5) await downloads.advance(hour / 2)
    keys.close()
    return hours
  }
  expect(await dueAfter(0)).toBe(9)
  expect(await dueAfter(0.5)).toBe(10)
  expect(await dueAfter(0.999)).toBe(11)
})

test('a process whose timers were frozen downloads at its next request, which does not wait', async () => {
  const keys = downloads.create()
  await keys.ready()
  downloads.now += 11 * hour
  expect(keys.ready()).toBeUndefined()
  await until(() => downloads.events.length === 2)
  expect(downloads.count()).toBe(2)
})

test('a failed download keeps the old set and reports certificates:stale, even for 48 hours (T-07)', async () => {
  const keys = downloads.create()
  await keys.ready()
  const refreshedAt = downloads.now
  downloads.service.failWith = failToConnect
  await downloads.advance(10 * hour)
  expect(downloads.events.at(-1)).toMatchObject({
    type: 'certificates:stale',
    failures: 1,
    refreshedAt,
  })
  for (let quarters = 0; quarters < 4 * 48; quarters++) await downloads.advance(hour / 4)
  expect(await keys.find('A1')).toBeDefined()
  expect(keys.ready()).toBeUndefined()
  const { failures } = downloads.events.at(-1) as AuthEvent & { failures: number }
  // Retried soon after the first failure, and at most an hour after the last.
  expect(failures).toBeGreaterThan(40)
  expect(failures).toBeLessThan(120)
  downloads.service.failWith = undefined
  await downloads.advance(hour)
  expect(downloads.events.at(-1)).toMatchObject({ type: 'certificates:refreshed' })
})

test('1,000 unknown serial numbers in a second cause one download, and one a minute at most (T-06)', async () => {
  const keys = downloads.create()
  await keys.ready()
  const ask = () =>
    Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        keys.find((index + 0xf000).toString(16).toUpperCase()),
      ),
    )
  expect((await ask()).every((key) => key === undefined)).toBe(true)
  expect(downloads.count()).toBe(1)
  downloads.now += minute
  await ask()
  expect(downloads.count()).toBe(2)
  downloads.now += minute - 1
  await ask()
  expect(downloads.count()).toBe(2)
  downloads.now += 1
  downloads.service.list = [first, second]
  const [found] = await Promise.all([keys.find('B2'), ask()])
  expect(found).toBeDefined()
  expect(downloads.count()).toBe(3)
})

test('the cool-down also applies while the service is down and when the clock jumps (T-06)', async () => {
  downloads.service.failWith = failToConnect
  const keys = downloads.create({ publicKey: { id: publicKey.id, pem: publicKey.publicKey } })
  for (let second = 0; second < 60; second++) {
    expect(await keys.find('EE')).toBeUndefined()
    downloads.now += 1000
  }
  expect(downloads.count()).toBe(1)
  downloads.now -= 61_000
  await keys.find('EE')
  downloads.now -= 24 * hour
  await keys.find('EE')
  expect(downloads.count()).toBe(2)
})

test('only a value shaped like a certificate serial number triggers a download (T-06)', async () => {
  const keys = downloads.create({ publicKey: { id: publicKey.id, pem: publicKey.publicKey } })
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
  expect(downloads.count()).toBe(0)
})

test('with a public key and certificates, each message is verified with the key that it names (T-06)', async () => {
  const keys = downloads.create({ publicKey: { id: publicKey.id, pem: publicKey.publicKey } })
  expect(keys.requestSerial).toBe(publicKey.id)
  expect(keys.ready()).toBeUndefined()
  await until(() => downloads.events.length === 1)
  expect(downloads.service.sent[0]?.headers.get('wechatpay-serial')).toBe(publicKey.id)
  expect(keys.serials).toEqual([publicKey.id, 'A1'])
  const [one, two] = [await keys.find(publicKey.id), await keys.find('A1')]
  expect(one && two).toBeDefined()
  expect(one).not.toBe(two)
})
