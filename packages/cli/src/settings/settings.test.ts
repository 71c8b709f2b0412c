import { expect, test } from 'vitest'
import { runCli, runJson, testFolder, testMock } from '../testing/run-cli.ts'
import { readSettings, type SettingSources } from './settings.ts'

const code = ['12535', 'wxwtdk20200910100000']

function settingsOf(sources: Partial<SettingSources>, cwd: string) {
  return readSettings({ options: {}, env: {}, cwd, ...sources })
}

test('an option overrides the environment, the environment overrides the config file', () => {
  const { folder, write } = testFolder()
  write(
    'wechatpay-entrust.config.json',
    '{ "mchid": "3", "notifyUrl": "https://c.test/", "serialNumber": "CC" }',
  )
  const env = {
    WECHATPAY_MCHID: '2',
    WECHATPAY_NOTIFY_URL: 'https://b.test/',
    WECHATPAY_SERIAL_NUMBER: '',
  }
  const settings = settingsOf({ options: { mchid: '1' }, env }, folder)
  expect(settings.find('mchid')).toMatchObject({ value: '1', source: '--mchid' })
  expect(settings.find('notifyUrl')).toMatchObject({
    value: 'https://b.test/',
    source: 'WECHATPAY_NOTIFY_URL',
  })
  expect(settings.find('serialNumber')).toMatchObject({ value: 'CC' })
  expect(settings.find('inbox')).toBeUndefined()
})

test('a path of the config file is relative to that file, one of an option to the working folder', () => {
  const { folder, write } = testFolder()
  const elsewhere = testFolder()
  elsewhere.write('key.pem', 'of the config')
  write('key.pem', 'of the folder')
  const config = elsewhere.write('wechatpay.json', '{ "privateKeyFile": "key.pem" }')
  expect(settingsOf({ options: { config } }, folder).needText('privateKeyFile').value).toBe(
    'of the config',
  )
  const env = { WECHATPAY_CONFIG: config }
  expect(settingsOf({ env }, folder).needText('privateKeyFile').value).toBe('of the config')
  const options = { config, privateKeyFile: 'key.pem' }
  expect(settingsOf({ options }, folder).needText('privateKeyFile').value).toBe('of the folder')
})

test('the environment may hold a key as text; together with the path of a file it is rejected', () => {
  const { folder, write } = testFolder()
  const env = { WECHATPAY_API_V3_KEY: 'in the environment' }
  expect(settingsOf({ env }, folder).needText('apiV3KeyFile').value).toBe('in the environment')
  const both = { ...env, WECHATPAY_API_V3_KEY_FILE: write('key.txt', 'in a file') }
  expect(() => settingsOf({ env: both }, folder).needText('apiV3KeyFile')).toThrow(
    'found both in the environment',
  )
  const options = { apiV3KeyFile: 'key.txt' }
  expect(settingsOf({ options, env }, folder).needText('apiV3KeyFile').value).toBe('in a file')
})

test.each([
  ['{', 'malformed-config'],
  ['[]', 'malformed-config'],
  ['{ "mchID": "1" }', 'malformed-config'],
  ['{ "mchid": 1900000100 }', 'malformed-config'],
  ['{ "apiV3Key": "MOCK-MOCK-MOCK-MOCK-MOCK-MOCK-01" }', 'secret-in-config'],
  ['{ "privateKeyFile": "-----BEGIN PRIVATE KEY-----" }', 'secret-in-config'],
])('a config file %s is rejected: %s', async (content, expected) => {
  const { folder, write } = testFolder()
  write('wechatpay-entrust.config.json', content)
  const { code: exit, document } = await runJson(['query', ...code], { cwd: folder })
  expect({ exit, code: document.error.code }).toEqual({ exit: 2, code: expected })
  expect(JSON.stringify(document)).not.toContain('MOCK-MOCK')
})

test('a missing setting is named with its option, its variable and its field', async () => {
  const { folder } = testFolder()
  const { code: exit, stderr } = await runCli(['query', ...code], { cwd: folder })
  expect(exit).toBe(2)
  for (const name of ['--private-key-file', 'WECHATPAY_PRIVATE_KEY', 'privateKeyFile'])
    expect(stderr).toContain(name)
})

test('a whole set-up from a config file alone', async () => {
  const mock = await testMock()
  const { folder, write } = testFolder()
  const {
    baseUrl,
    mchid,
    merchantSerialNumber: serialNumber,
    merchantPrivateKeyPath: privateKeyFile,
  } = mock
  const keys = {
    publicKeyId: mock.publicKeyId,
    publicKeyFile: mock.publicKeyPath,
    apiV3KeyFile: 'api-v3.key',
  }
  // A line end, as editors add it, and the previous key on a second line.
  write('api-v3.key', `${mock.apiV3Key}\n${'p'.repeat(32)}\n`)
  const config = { baseUrl, mchid, serialNumber, privateKeyFile, ...keys }
  write('wechatpay-entrust.config.json', JSON.stringify(config))
  const { code: exit, document } = await runJson(['doctor'], { cwd: folder })
  expect({ exit, fail: document.summary.fail }).toEqual({ exit: 0, fail: 0 })
})

test('--mock-ready provides address and keys; those of a real account are not used', async () => {
  const { folder } = testFolder()
  const { server } = await testMock({ readyFile: `${folder}/mock.json` })
  const env = {
    WECHATPAY_MCHID: '1900009191',
    WECHATPAY_API_V3_KEY: 'x'.repeat(32),
    WECHATPAY_BASE_URL: 'https://api.mch.weixin.qq.com',
  }
  const { code: exit } = await runJson(['certificates', '--mock-ready', 'mock.json'], {
    cwd: folder,
    env,
  })
  expect(exit).toBe(0)
  expect(server.mock.requests().length).toBeGreaterThan(0)
  const none = await runJson(['certificates', '--mock-ready', 'none.json'], { cwd: folder })
  expect(none).toMatchObject({ code: 2, document: { error: { code: 'unreadable-file' } } })
})
