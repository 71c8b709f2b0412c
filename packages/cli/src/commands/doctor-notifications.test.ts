import { expect, test } from 'vitest'
import { diagnose } from '../testing/diagnose.ts'
import { testMock } from '../testing/run-cli.ts'
import { closedPort, responding } from '../testing/servers.ts'

test.each([
  ['http://yourapp.com/notify', 'https'],
  ['https://yourapp.com/notify?tenant=1', 'query'],
  ['https://203.0.113.7/notify', 'public host name'],
  ['https://intranet/notify', 'public host name'],
  ['https://nowhere.invalid/notify', 'DNS'],
])('notify_url %s fails', async (url, fix) => {
  const { settings } = await testMock()
  const { code, find } = await diagnose(settings, ['--notify-url', url])
  expect({ code, fix: find('notify_url', 'fail')?.remedy.en }).toEqual({
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

test('doctor --echo checks encryption in both directions; with --listen also the notification and the APIv3 key', async () => {
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
