import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync } from 'node:fs'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { mockKeys } from '../../../../mocks/src/platform/keys.ts'
import type { CheckResult, CheckState } from '../doctor/check.ts'
import { checkExpiry } from '../doctor/check.ts'
import { runCli, runJson, testFolder, testMock } from '../testing/run-cli.ts'
import { responding, shiftedClock } from '../testing/servers.ts'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = {
  privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
}

/** The checks of doctor, and its exit code. */
async function diagnose(env: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const { code, document } = await runJson(['doctor', ...args], { env })
  const checks: CheckResult[] = document.checks
  const find = (check: string, state: CheckState) =>
    checks.find((one) => one.check.startsWith(check) && one.state === state)
  return {
    code,
    checks,
    find,
    failed: checks.filter(({ state }) => state === 'fail').map(({ check }) => check),
  }
}

/** The address of a closed port. */
async function closedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${port}`
}

test('a good set-up: every check is ok, and the exit code is 0', async () => {
  const { settings, platformCertificatePath } = await testMock()
  const { write } = testFolder()
  const env = {
    ...settings,
    WECHATPAY_CERTIFICATE_FILE: write('cert.pem', mockKeys.merchant.certificate),
    WECHATPAY_PRIVATE_KEY_FILE: write('key.pem', mockKeys.merchant.privateKey),
    WECHATPAY_PLATFORM_CERTIFICATES: platformCertificatePath,
    WECHATPAY_NOTIFY_URL: await responding(401),
  }
  const { code, checks } = await diagnose(env)
  expect(checks.filter(({ state }) => state !== 'ok')).toEqual([])
  expect(checks.map(({ check }) => check)).toEqual(
    expect.arrayContaining([
      'private key',
      'key and certificate',
      'certificate',
      'clock',
      'platform keys',
      'notify_url',
    ]),
  )
  expect(code).toBe(0)
  const { stdout } = await runCli(['doctor'], { env })
  expect(stdout).toMatch(/^ok {4}key and certificate: they belong together/m)
  expect(stdout).toMatch(/\d+ ok, 0 warnings, 0 failed, 0 not told/)
})

test('a private key of another certificate fails: WeChat Pay rejects it, and with the certificate nothing is sent', async () => {
  const { settings, server } = await testMock()
  const { write } = testFolder()
  const env = { ...settings, WECHATPAY_PRIVATE_KEY_FILE: write('key.pem', other.privateKey) }
  const asked = await diagnose(env)
  expect(asked).toMatchObject({ code: 1, failed: [expect.stringContaining('signatures')] })
  expect(asked.find('signatures', 'fail')?.fix).toContain('private key')

  server.mock.reset()
  const compared = await diagnose({
    ...env,
    WECHATPAY_CERTIFICATE_FILE: write('cert.pem', mockKeys.merchant.certificate),
  })
  expect(compared).toMatchObject({ code: 1, failed: ['key and certificate'] })
  expect(server.mock.requests().filter(({ path }) => path.startsWith('/v3'))).toEqual([])
})

test('a serial number of another certificate fails, and so does one that WeChat Pay does not know', async () => {
  const { settings } = await testMock()
  const { write } = testFolder()
  const env = { ...settings, WECHATPAY_SERIAL_NUMBER: '3D7A1F0C5B2E4896A1D0C3F7E59B8264A7C1E0D2' }
  const asked = await diagnose(env)
  expect(asked.find('signatures', 'fail')?.fix).toContain(
    '3D7A1F0C5B2E4896A1D0C3F7E59B8264A7C1E0D2',
  )
  const certificate = {
    WECHATPAY_CERTIFICATE_FILE: write('cert.pem', mockKeys.merchant.certificate),
  }
  const compared = await diagnose({ ...env, ...certificate })
  expect(compared.find('key and certificate', 'fail')?.found).toContain(
    'another one than that of the certificate',
  )
})

test('a malformed APIv3 key fails at once, a wrong one when a sealed certificate is opened', async () => {
  const { settings } = await testMock()
  const short = await diagnose({ ...settings, WECHATPAY_API_V3_KEY: 'tooShort' })
  expect(short).toMatchObject({ code: 1, failed: ['APIv3 key'] })
  expect(short.find('APIv3 key', 'fail')?.found).toContain('8 bytes')
  const wrong = await diagnose({ ...settings, WECHATPAY_API_V3_KEY: 'x'.repeat(32) })
  expect(wrong).toMatchObject({ code: 1, failed: ['APIv3 key'] })
  expect(wrong.find('APIv3 key', 'fail')?.found).toContain('does not open')
  const downloading = await diagnose({
    ...settings,
    WECHATPAY_API_V3_KEY: 'x'.repeat(32),
    WECHATPAY_PLATFORM_CERTIFICATES: 'download',
  })
  expect(downloading).toMatchObject({ code: 1, failed: ['platform keys'] })
  const { settings: none } = await testMock()
  const without = await diagnose({ ...none, WECHATPAY_API_V3_KEY: '' })
  expect(without.find('APIv3 key', 'fail')?.found).toContain('found nothing')
})

test.each([
  [30, 'ok', 0],
  [120, 'warn', 0],
  [-120, 'warn', 0],
  [-600, 'fail', 1],
] as const)('a server whose clock is %i s away is %s', async (seconds, state, code) => {
  const { settings, baseUrl } = await testMock()
  const env = { ...settings, WECHATPAY_BASE_URL: await shiftedClock(baseUrl, seconds) }
  const found = await diagnose(env)
  expect(found.code).toBe(code)
  const clock = found.find('clock', state)?.found ?? ''
  expect(clock).toContain(seconds < 0 ? ' s ahead' : ' s behind')
  // `Date` has whole seconds, of any moment of the request: a busy machine makes the request long.
  const milliseconds = /in (\d+) ms$/.exec(found.find('host', 'ok')?.found ?? '')?.[1]
  const error = Math.abs(Number.parseInt(clock, 10) - Math.abs(seconds))
  expect(error).toBeLessThanOrEqual(1 + Number(milliseconds) / 2000)
})

test('a host that does not respond fails; a backup host is a warning', async () => {
  const { settings } = await testMock()
  const closed = await closedPort()
  const main = await diagnose({ ...settings, WECHATPAY_BASE_URL: closed })
  expect(main).toMatchObject({ code: 1, failed: ['host'] })
  expect(main.find('host', 'fail')?.found).toContain('ECONNREFUSED')
  expect(main.find('clock', 'skip')).toBeDefined()
  const backup = await diagnose({ ...settings, WECHATPAY_BACKUP_BASE_URL: closed })
  expect(backup).toMatchObject({ code: 0, failed: [] })
  expect(backup.find('backup host', 'warn')?.found).toContain('ECONNREFUSED')
  const named = await diagnose({
    ...settings,
    WECHATPAY_BACKUP_BASE_URL: 'https://nowhere.invalid',
  })
  expect(named.find('backup host', 'warn')?.fix).toContain('DNS')
})

test('a wrong public key fails, and so does an id that WeChat Pay does not know', async () => {
  const { settings } = await testMock()
  const { write } = testFolder()
  const another = await diagnose({
    ...settings,
    WECHATPAY_PUBLIC_KEY_FILE: write('pub.pem', other.publicKey),
  })
  expect(another.code).toBe(1)
  expect(another.find('signatures', 'fail')?.fix).toContain('from the merchant platform again')
  const unknown = await diagnose({
    ...settings,
    WECHATPAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_0119000091912026112300000000',
  })
  expect(unknown.code).toBe(1)
  expect(unknown.failed).toEqual([expect.stringContaining('signatures')])
  const none = await diagnose({
    ...settings,
    WECHATPAY_PUBLIC_KEY_ID: '',
    WECHATPAY_PUBLIC_KEY_FILE: '',
  })
  expect(none).toMatchObject({ code: 1, failed: ['platform keys'] })
})

test('both key modes are reported, with the key that signs in each', async () => {
  const { settings, platformCertificatePath, publicKeyId, platformCertificateSerialNumber } =
    await testMock()
  const both = await diagnose({
    ...settings,
    WECHATPAY_PLATFORM_CERTIFICATES: platformCertificatePath,
  })
  expect(both.find('platform keys', 'ok')?.found).toContain('灰度切换')
  const signed = both.checks.filter(
    ({ check, state }) => check.startsWith('signatures') && state === 'ok',
  )
  expect(signed.map(({ found }) => found)).toEqual([
    expect.stringContaining(publicKeyId),
    expect.stringContaining(platformCertificateSerialNumber),
  ])
  const { settings: downloading } = await testMock()
  const own = { ...downloading, WECHATPAY_PUBLIC_KEY_ID: '', WECHATPAY_PUBLIC_KEY_FILE: '' }
  const downloaded = await diagnose({ ...own, WECHATPAY_PLATFORM_CERTIFICATES: 'download' })
  expect(downloaded).toMatchObject({ code: 0 })
  expect(downloaded.find('platform keys', 'ok')?.found).toContain(platformCertificateSerialNumber)
})

test('without platform certificates the APIv3 key is not proven, and doctor names what proves it', async () => {
  const { settings, server } = await testMock()
  server.mock.faults.add({ operation: 'getCertificates', name: '500' })
  const { code, find } = await diagnose(settings)
  expect(code).toBe(0)
  expect(find('APIv3 key', 'skip')?.fix ?? find('signatures', 'warn')?.found).toBeDefined()
})

test.each([
  ['http://yourapp.com/notify', 'https'],
  ['https://yourapp.com/notify?tenant=1', 'query'],
  ['https://203.0.113.7/notify', 'public host name'],
  ['https://intranet/notify', 'public host name'],
  ['https://nowhere.invalid/notify', 'DNS'],
])('notify_url %s fails', async (url, fix) => {
  const { settings } = await testMock()
  const { code, find } = await diagnose(settings, ['--notify-url', url])
  expect({ code, fix: find('notify_url', 'fail')?.fix }).toEqual({
    code: 1,
    fix: expect.stringContaining(fix),
  })
})

test.each([
  [401, 'ok', 0],
  [500, 'warn', 0],
  [204, 'fail', 1],
  [302, 'fail', 1],
  [404, 'fail', 1],
] as const)(
  'a notify_url that responds to an unsigned message with %i is %s',
  async (status, state, code) => {
    const { settings } = await testMock()
    const found = await diagnose(settings, ['--notify-url', `${await responding(status)}/notify`])
    expect(found.code).toBe(code)
    expect(found.find('notify_url', state)?.found).toContain(String(status))
  },
)

test('a private key that others can read is a warning', async () => {
  const { settings } = await testMock()
  const { write } = testFolder()
  const file = write('key.pem', mockKeys.merchant.privateKey)
  chmodSync(file, 0o644)
  const { code, find } = await diagnose({ ...settings, WECHATPAY_PRIVATE_KEY_FILE: file })
  expect({ code, fix: find('private key', 'warn')?.fix }).toEqual({ code: 0, fix: 'chmod 600 it.' })
})

test('doctor --echo proves encryption in both directions, and with --listen the notification and the APIv3 key', async () => {
  const { settings, server } = await testMock()
  const alone = await diagnose(settings, ['--echo'])
  expect(alone.code).toBe(0)
  expect(alone.find('echo', 'ok')).toBeDefined()
  expect(alone.find('echo decryption', 'ok')).toBeDefined()
  expect(alone.find('echo notification', 'skip')).toBeDefined()

  const url = await closedPort()
  const listen = ['--echo', '--notify-url', `${url}/doctor`, '--listen', new URL(url).port]
  const received = await diagnose(settings, listen)
  expect(received.find('echo notification', 'ok')?.found).toContain('APIv3 key')
  await expect.poll(() => server.mock.deliveries().at(-1)?.status).toBe(204)

  const wrong = await diagnose({ ...settings, WECHATPAY_API_V3_KEY: 'x'.repeat(32) }, listen)
  expect(wrong.code).toBe(1)
  expect(wrong.find('echo notification', 'fail')?.found).toContain('not-openable')
})

test('an echo whose notification never arrives fails after --wait', async () => {
  const { settings, server } = await testMock()
  server.mock.notifications.hold()
  const url = await closedPort()
  const args = [
    '--echo',
    '--notify-url',
    `${url}/doctor`,
    '--listen',
    new URL(url).port,
    '--wait',
    '1',
  ]
  const { code, find } = await diagnose(settings, args)
  expect({ code, found: find('echo notification', 'fail')?.found }).toEqual({
    code: 1,
    found: 'none came within 1 s',
  })
})

test('a certificate is a warning 60 days before it expires, and fails after that', () => {
  const inDays = (days: number) =>
    checkExpiry('certificate', new Date(Date.now() + (days + 0.5) * 86_400_000), 'fix').state
  expect([inDays(61), inDays(59), inDays(-1)]).toEqual(['ok', 'warn', 'fail'])
})
