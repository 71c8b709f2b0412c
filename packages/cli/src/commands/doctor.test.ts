import { generateKeyPairSync } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mockKeys } from '../../../../mocks/src/platform/keys.ts'
import { checkExpiry } from '../doctor/check.ts'
import { diagnose } from '../testing/diagnose.ts'
import { runCli, testFolder, testMock } from '../testing/run-cli.ts'
import { closedPort, responding, shiftedClock } from '../testing/servers.ts'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = {
  privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
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
  expect(stdout).toMatch(/\d+ ok, 0 warnings, 0 failed, 0 not checked/)
})

test('a private key of another certificate fails: WeChat Pay rejects it, and with the certificate nothing is sent', async () => {
  const { settings, server } = await testMock()
  const { write } = testFolder()
  const env = { ...settings, WECHATPAY_PRIVATE_KEY_FILE: write('key.pem', other.privateKey) }
  const asked = await diagnose(env)
  expect(asked).toMatchObject({ code: 1, failed: [expect.stringContaining('signatures')] })
  expect(asked.find('signatures', 'fail')?.remedy.en).toContain('private key')

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
  expect(asked.find('signatures', 'fail')?.remedy.en).toContain(
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
  // `Date` has whole seconds and any moment of the request, which is long on a busy machine.
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
  expect(named.find('backup host', 'warn')?.remedy.en).toContain('DNS')
})

test('a wrong public key fails, and so does an id that WeChat Pay does not know', async () => {
  const { settings } = await testMock()
  const { write } = testFolder()
  const another = await diagnose({
    ...settings,
    WECHATPAY_PUBLIC_KEY_FILE: write('pub.pem', other.publicKey),
  })
  expect(another.code).toBe(1)
  expect(another.find('signatures', 'fail')?.remedy.en).toContain(
    'from the merchant platform again',
  )
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

test('doctor does not fail when the certificates cannot be fetched; it reports what was not checked', async () => {
  const { settings, server } = await testMock()
  server.mock.faults.add({ operation: 'getCertificates', name: '500' })
  const { code, find } = await diagnose(settings)
  expect(code).toBe(0)
  expect(find('APIv3 key', 'skip')?.remedy.en ?? find('signatures', 'warn')?.found).toBeDefined()
})

test('a private key that others can read is a warning', async () => {
  const { settings } = await testMock()
  const { write } = testFolder()
  const file = write('key.pem', mockKeys.merchant.privateKey)
  chmodSync(file, 0o644)
  const { code, find } = await diagnose({ ...settings, WECHATPAY_PRIVATE_KEY_FILE: file })
  expect({ code, fix: find('private key', 'warn')?.remedy.en }).toEqual({
    code: 0,
    fix: 'chmod 600 it.',
  })
})

test('a certificate is a warning 60 days before it expires, and fails after that', () => {
  const inDays = (days: number) =>
    checkExpiry('certificate', new Date(Date.now() + (days + 0.5) * 86_400_000), {
      en: 'x',
      zh: 'x',
    }).state
  expect([inDays(61), inDays(59), inDays(-1)]).toEqual(['ok', 'warn', 'fail'])
})
