import { generateTestNotification, type TestNotificationOptions } from '@wechatpay-entrust/mock'
import { expect, test } from 'vitest'
import { runCli, runJson, testFolder, testMock } from '../testing/run-cli.ts'

const openid = 'oCANARYopenid00000000000000'

async function setUp(options: TestNotificationOptions = {}) {
  const { settings } = await testMock()
  const { folder, write } = testFolder()
  const { headers, body } = await generateTestNotification({ resource: { openid }, ...options })
  const text = new TextDecoder().decode(body)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return { options: { cwd: folder, env: settings }, write, headers, text, lines }
}

const opened = {
  verified: true,
  event_type: 'ENTRUST.SIGN',
  kind: 'signed',
  resource: { openid: '[hidden]' },
}

test('a stored notification is verified and opened in each file format', async () => {
  const { options, write, headers, text, lines } = await setUp()
  write(
    'message.http',
    `POST /notify HTTP/1.1\r\nHost: yourapp.com\r\nContent-Length: 3\r\n${lines.join('\r\n')}\r\n\r\n${text}`,
  )
  write('lines.http', `${lines.join('\n')}\n\n${text}`)
  write('both.json', JSON.stringify({ headers, body: text }))
  write('body.json', text)
  write('headers.txt', lines.join('\n'))
  write('headers.json', JSON.stringify(headers))
  const forms = [
    ['message.http'],
    ['lines.http'],
    ['both.json'],
    ['body.json', '--headers', 'headers.txt'],
    ['body.json', '--headers', 'headers.json'],
  ]
  for (const form of forms) {
    const { code, document } = await runJson(['notification', 'open', ...form], options)
    expect({ form, code, document }).toMatchObject({ code: 0, document: opened })
  }
  const piped = await runCli(['notification', 'open', '-', '--personal'], {
    ...options,
    stdin: `${lines.join('\n')}\n\n${text}`,
  })
  expect(piped.stdout).toContain(openid)
  expect(piped.stderr).toContain('The signature holds.')
})

test('an old notification is rejected, and accepted with --any-age', async () => {
  const { options, write, lines, text } = await setUp({ ageSeconds: 4000 })
  write('old.http', `${lines.join('\n')}\n\n${text}`)
  const rejected = await runJson(['notification', 'open', 'old.http'], options)
  expect(rejected).toMatchObject({ code: 1, document: { error: { code: 'stale-timestamp' } } })
  const accepted = await runJson(['notification', 'open', 'old.http', '--any-age'], options)
  expect(accepted).toMatchObject({ code: 0, document: opened })
})

test('a changed body, a wrong key and a signature probe are rejected, with or without --any-age', async () => {
  const { options, write, lines, text } = await setUp()
  write(
    'changed.http',
    `${lines.join('\n')}\n\n${text.replace('encrypt-resource', 'encrypt-resources')}`,
  )
  const changed = await runJson(['notification', 'open', 'changed.http', '--any-age'], options)
  expect(changed).toMatchObject({
    code: 1,
    document: { error: { name: 'SignatureError', code: 'mismatch' } },
  })

  write('whole.http', `${lines.join('\n')}\n\n${text}`)
  const env = { ...options.env, WECHATPAY_API_V3_KEY: 'x'.repeat(32) }
  const wrongKey = await runJson(['notification', 'open', 'whole.http'], { ...options, env })
  expect(wrongKey).toMatchObject({
    code: 1,
    document: { error: { name: 'NotificationError', code: 'not-openable' } },
  })

  const probe = await setUp({ probe: true })
  probe.write('probe.http', `${probe.lines.join('\n')}\n\n${probe.text}`)
  const probed = await runJson(['notification', 'open', 'probe.http'], probe.options)
  expect(probed).toMatchObject({
    code: 1,
    document: { error: { name: 'SignatureError', probe: true } },
  })
})

test('a body without headers is opened only with --stored, and is never reported as verified', async () => {
  const { options, write, text } = await setUp()
  write('body.json', text)
  const rejected = await runJson(['notification', 'open', 'body.json'], options)
  expect(rejected).toMatchObject({ code: 2, document: { error: { code: 'malformed-input' } } })
  const { WECHATPAY_API_V3_KEY } = options.env
  // Only the APIv3 key is needed.
  const stored = await runJson(['notification', 'open', 'body.json', '--stored'], {
    ...options,
    env: { WECHATPAY_API_V3_KEY },
  })
  expect(stored).toMatchObject({
    code: 0,
    document: { verified: false, resource: { openid: '[hidden]' } },
  })
})

test.each([
  ['nothing', ''],
  ['no JSON', '{ "resource": '],
  ['no resource', '{ "id": "1" }'],
  ['null', 'null'],
])('a file with %s is rejected with 2', async (_, content) => {
  const { options, write } = await setUp()
  write('file', content)
  const { code } = await runJson(['notification', 'open', 'file', '--stored'], options)
  expect(code).toBe(2)
  expect((await runJson(['notification', 'open', 'none'], options)).document.error.code).toBe(
    'unreadable-file',
  )
})
