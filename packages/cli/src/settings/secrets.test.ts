// T-26, R10: no command prints a secret, whether it succeeds or fails.

import { operationExamples } from '@wechatpay-entrust/core/spec'
import { generateTestNotification } from '@wechatpay-entrust/mock'
import { expect, test } from 'vitest'
import { mockKeys } from '../../../../mocks/src/platform/keys.ts'
import { createRedactor } from '../output/redactor.ts'
import { type CliOptions, runCli, testFolder, testMock } from '../testing/run-cli.ts'
import { passwordOf, rejectSecretArguments } from './secret-arguments.ts'

const openid = 'oCANARYopenid00000000000000'
const apiV3Key = 'CanaryCanaryCanaryCanaryCanary01'
const password = 'c4n4ryPassw0rd'
const keyLines = mockKeys.merchant.privateKey.split('\n').slice(1, -2)
const canaries = [apiV3Key, mockKeys.apiV3Key, password, openid, '金丝雀甲乙丙丁', ...keyLines]

async function expectSilent(args: readonly string[], options: CliOptions): Promise<void> {
  for (const json of [[], ['--json']]) {
    const { stdout, stderr } = await runCli([...args, ...json], options)
    const found = canaries.filter((canary) => (stdout + stderr).includes(canary))
    expect({ args: args.slice(0, 3), found }).toEqual({ args: args.slice(0, 3), found: [] })
    expect(stdout + stderr).not.toBe('')
  }
}

async function setUp() {
  const { settings, server } = await testMock()
  const { folder, write } = testFolder()
  const example = operationExamples.qsMiniProgramPreEntrustSign.args.json
  const personal = { openid, sub_openid: openid, contract_display_account: '金丝雀甲乙丙丁' }
  write(
    'body.json',
    JSON.stringify({ ...example, ...personal, notify_url: 'http://127.0.0.1:9/x' }),
  )
  write('bad.json', JSON.stringify({ ...example, ...personal, out_contract_code: 'with-hyphen' }))
  const { headers, body } = await generateTestNotification({ resource: { openid } })
  write('message.json', JSON.stringify({ headers, body: new TextDecoder().decode(body) }))
  write('codes.txt', '12535 wxwtdk20200910100000\n')
  return { server, options: { cwd: folder, env: settings } }
}

const commands = [
  ['pre-sign', 'body.json'],
  ['pre-sign', 'bad.json'],
  ['query', '12535', 'wxwtdk20200910100000'],
  ['certificates'],
  ['notification', 'open', 'message.json'],
  ['notification', 'open', 'message.json', '--stored'],
  ['reconcile', 'codes.txt'],
  ['doctor', '--echo'],
  ['terminate', '12535', 'wxwtdk20200910100000', '--yes'],
]

test('no command prints a secret, or an openid without --personal, when it succeeds (T-26, R10)', async () => {
  const { options, server } = await setUp()
  for (const command of commands) {
    await expectSilent(command, options)
    if (command[1] === 'body.json')
      await server.mock.user.signs({ service_id: 12535, out_contract_code: 'wxwtdk20200910100000' })
  }
})

test.each([
  ['a wrong APIv3 key', { WECHATPAY_API_V3_KEY: apiV3Key }],
  ['an APIv3 key with white space', { WECHATPAY_API_V3_KEY: `${apiV3Key} ` }],
  [
    'the APIv3 key instead of a path',
    { WECHATPAY_API_V3_KEY: '', WECHATPAY_API_V3_KEY_FILE: apiV3Key },
  ],
  [
    'the private key instead of a path',
    { WECHATPAY_PRIVATE_KEY_FILE: mockKeys.merchant.privateKey },
  ],
  [
    'the private key instead of the public one',
    { WECHATPAY_PUBLIC_KEY_FILE: '', WECHATPAY_PUBLIC_KEY: mockKeys.merchant.privateKey },
  ],
  [
    'the private key instead of the APIv3 key',
    { WECHATPAY_API_V3_KEY: mockKeys.merchant.privateKey },
  ],
  [
    'the APIv3 key instead of the serial number',
    { WECHATPAY_SERIAL_NUMBER: apiV3Key, WECHATPAY_API_V3_KEY: apiV3Key },
  ],
  [
    'the APIv3 key instead of the merchant id',
    { WECHATPAY_MCHID: apiV3Key, WECHATPAY_API_V3_KEY: apiV3Key },
  ],
  [
    'an inbox whose address has a password',
    { WECHATPAY_INBOX: `postgres://me:${password}@127.0.0.1:9/db` },
  ],
])('no command prints a secret when it fails: %s (T-26, R10)', async (_, env) => {
  const { options } = await setUp()
  const broken = { ...options, env: { ...options.env, ...env } }
  const some = [
    ['query', '12535', 'abc'],
    ['certificates'],
    ['doctor'],
    ['notification', 'open', 'message.json'],
    ['inbox', 'ls'],
  ]
  for (const command of some) await expectSilent(command, broken)
})

test.each([
  ['doctor', '--api-v3-key', apiV3Key],
  ['doctor', `--apiV3Key=${apiV3Key}`],
  ['doctor', '--private-key', mockKeys.merchant.privateKey],
  ['doctor', '--private-key-file', mockKeys.merchant.privateKey],
  ['inbox', 'ls', '--store', `postgres://me:${password}@127.0.0.1:9/db`],
  ['inbox', 'ls', `--store=redis://:${password}@127.0.0.1:9`],
])(
  'a secret among the arguments is rejected with 2, and the message does not repeat it: %s %s',
  async (...args) => {
    const { code, stderr } = await runCli(args)
    expect(code).toBe(2)
    expect(stderr).toContain('on the command line')
    await expectSilent(args, {})
  },
)

test.each([
  [apiV3Key],
  ['doctor', apiV3Key],
  ['doctor', `--${apiV3Key}`],
  ['pre-sign', '--mode', apiV3Key],
  ['query', apiV3Key, 'abc'],
  ['doctor', '--api-v3-key-file', apiV3Key],
  ['serve-mock', '--port', apiV3Key],
  ['completion', apiV3Key],
])('a key in the wrong argument is not repeated: %s %s', async (...args) => {
  expect((await runCli(args)).code).toBeGreaterThan(0)
  await expectSilent(args, {})
})

test('the canaries are found in a text that contains them: these tests can fail', async () => {
  const { options } = await setUp()
  const shown = ['notification', 'open', 'message.json', '--personal']
  await expect(expectSilent(shown, options)).rejects.toThrow()
})

test('the redactor removes a secret, each line of a PEM, and their forms in JSON and addresses', () => {
  const { hide, redact } = createRedactor()
  hide(mockKeys.merchant.privateKey)
  hide('p"w/d+x')
  const forms = [...keyLines, 'p"w/d+x', JSON.stringify('p"w/d+x'), encodeURIComponent('p"w/d+x')]
  for (const form of forms) expect(redact(`before ${form} after`)).not.toContain(form)
  expect(redact('before p"w/d+x after')).toBe('before [secret] after')
})

test('which arguments hold a secret', () => {
  for (const fine of [
    '--private-key-file',
    '--api-v3-key-file',
    '--public-key-id',
    'postgres://db/x',
    'a@b:c',
    'https://x.test',
  ])
    expect(() => rejectSecretArguments([fine]), fine).not.toThrow()
  for (const secret of [
    '--key',
    '--secret=x',
    '--password',
    '--apiv3key',
    'redis://u:p@h',
    'x-----BEGIN PRIVATE',
  ])
    expect(() => rejectSecretArguments([secret]), secret).toThrow('on the command line')
  expect(passwordOf('postgres://u:p%20w@h/d')).toBe('p w')
  expect(passwordOf('postgres://u:%@h:port/d')).toBe('%')
})
