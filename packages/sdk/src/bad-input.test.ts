import { createPrivateKey, createPublicKey } from 'node:crypto'
import { inspect } from 'node:util'
import { createCredentials } from '@wechatpay-entrust/auth'
import { operationExamples } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { expect, test } from 'vitest'
import {
  createWeChatPay,
  type QsMiniProgramPreEntrustSignRequest,
  type WeChatPayOptions,
} from './index.ts'

const { json: body } = operationExamples.qsMiniProgramPreEntrustSign.args
const mock = createMock()
const options: WeChatPayOptions = { ...mock.merchant, fetch: mock.fetch }
const certificate = mock.merchant.platformCertificates[0] as string
const { pem: publicKeyPem, id } = mock.merchant.publicKey

test.each<[string, Partial<WeChatPayOptions>, string, string]>([
  ['a certificate for the private key', { privateKey: certificate }, 'wrong-kind', 'privateKey'],
  ['a public key for the private key', { privateKey: publicKeyPem }, 'wrong-kind', 'privateKey'],
  [
    'a private key for the public key',
    { publicKey: { id, pem: mock.merchant.privateKey } },
    'wrong-kind',
    'publicKey.pem',
  ],
  [
    'a certificate for the public key',
    { publicKey: { id, pem: certificate } },
    'wrong-kind',
    'publicKey.pem',
  ],
  [
    'a public key for a certificate',
    { platformCertificates: [publicKeyPem] },
    'wrong-kind',
    'platformCertificates[0]',
  ],
  ['a path for the private key', { privateKey: './apiclient_key.pem' }, 'not-pem', 'privateKey'],
  ['an APIv3 key of 31 bytes', { apiV3Key: 'x'.repeat(31) }, 'malformed-api-v3-key', 'apiV3Key'],
  [
    'an APIv3 key of 32 characters that are 96 bytes',
    { apiV3Key: '密'.repeat(32) },
    'malformed-api-v3-key',
    'apiV3Key',
  ],
  ['an APIv3 key in hex', { apiV3Key: 'ab'.repeat(32) }, 'malformed-api-v3-key', 'apiV3Key'],
  [
    'no platform key',
    { publicKey: undefined, platformCertificates: undefined },
    'no-platform-key',
    'publicKey',
  ],
  ['the mock’s keys for the real host', { allowMockKeys: false }, 'mock-keys', 'publicKey'],
  ['a mchid with a quote', { mchid: '19"' }, 'malformed-mchid', 'mchid'],
  [
    'a base URL without a scheme',
    { baseUrl: 'api.mch.weixin.qq.com' },
    'malformed-base-url',
    'baseUrl',
  ],
  [
    'http to another machine',
    { baseUrl: 'http://api.mch.weixin.qq.com' },
    'malformed-base-url',
    'baseUrl',
  ],
  [
    'a base URL with a path',
    { baseUrl: 'https://api.mch.weixin.qq.com/v3' },
    'malformed-base-url',
    'baseUrl',
  ],
  [
    'a serial number with colons',
    { serialNumber: '4D:4F' },
    'malformed-serial-number',
    'serialNumber',
  ],
])('%s: createWeChatPay throws an error of its own', (_, wrong, code, slot) => {
  expect(() => createWeChatPay({ ...options, ...wrong })).toThrow(
    expect.objectContaining({
      name: 'ConfigurationError',
      code,
      slot: expect.stringContaining(slot),
    }),
  )
})

test.each<[string, object | undefined, string, string]>([
  ['no options', undefined, 'malformed-option', 'options'],
  ['a fetch that is no function', { ...options, fetch: {} }, 'malformed-option', 'fetch'],
  ['a fetch that is null', { ...options, fetch: null }, 'malformed-option', 'fetch'],
  ['a timeout of 0', { ...options, timeout: 0 }, 'malformed-option', 'timeout'],
  ['a timeout as text', { ...options, timeout: '30s' }, 'malformed-option', 'timeout'],
  ['six attempts', { ...options, maxAttempts: 6 }, 'malformed-option', 'maxAttempts'],
  [
    'a name in another case',
    { ...options, apiV3Key: undefined, apiv3Key: 'x' },
    'unknown-option',
    'apiv3Key',
  ],
  ['an unknown name', { ...options, colour: 'x' }, 'unknown-option', 'colour'],
])('%s: createWeChatPay throws an error of its own', (_, given, code, slot) => {
  expect(() => createWeChatPay(given as WeChatPayOptions)).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', code, slot }),
  )
})

test('an unknown option is rejected with the nearest known name; an undefined one is ignored', () => {
  const nearest = {
    apiv3Key: 'apiV3Key',
    mchId: 'mchid',
    api_v3_key: 'apiV3Key',
    timeoutMs: 'timeout',
  }
  for (const [wrong, meant] of Object.entries(nearest)) {
    expect(() => createWeChatPay({ ...options, [wrong]: 'x' } as WeChatPayOptions)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(`Write ${meant}, if you meant that`),
      }),
    )
  }
  expect(() => createWeChatPay({ ...options, colour: undefined } as WeChatPayOptions)).not.toThrow()
})

test("the merchant's own public key is rejected as WeChat Pay's key, in every form of the private key (T-08)", () => {
  const keyObject = createPrivateKey(mock.merchant.privateKey)
  const pem = createPublicKey(keyObject).export({ type: 'spki', format: 'pem' }) as string
  const own = { publicKey: { id, pem } }
  const { mchid, serialNumber, privateKey, ...rest } = options
  const credentials = createCredentials({ mchid, serialNumber, privateKey: keyObject })
  const ways = [
    { ...options, ...own },
    { ...options, ...own, privateKey: keyObject },
    { ...options, ...own, platformCertificates: 'download' as const },
    { ...rest, ...own, mchid, credentials },
  ]
  for (const way of ways) {
    expect(() => createWeChatPay(way)).toThrow(
      expect.objectContaining({
        name: 'ConfigurationError',
        code: 'wrong-kind',
        slot: 'publicKey.pem',
      }),
    )
  }
  expect(() => createWeChatPay(options)).not.toThrow()
})

test.each<[string, Record<string, unknown>, string, string]>([
  [
    'an emoji in contract_display_account',
    { contract_display_account: '用户😀' },
    'pattern',
    '/contract_display_account',
  ],
  [
    'a hyphen in out_contract_code',
    { out_contract_code: '550e8400-e29b-41d4' },
    'pattern',
    '/out_contract_code',
  ],
  [
    'an out_contract_code of 33 characters',
    { out_contract_code: 'a'.repeat(33) },
    'too-long',
    '/out_contract_code',
  ],
  ['an http: notify_url', { notify_url: 'http://yourapp.com/notify' }, 'not-https', '/notify_url'],
  [
    'a notify_url with a query',
    { notify_url: 'https://yourapp.com/notify?a=1' },
    'pattern',
    '/notify_url',
  ],
  ['neither openid', { openid: undefined, sub_openid: undefined }, 'one-of-required', '/openid'],
  ['a service_id in quotes', { service_id: '12535' }, 'wrong-type', '/service_id'],
  ['no appid', { appid: undefined }, 'missing-field', '/appid'],
])('%s: an error of its own, and nothing is sent', async (_, wrong, code, field) => {
  let sent = 0
  const fetch: typeof globalThis.fetch = (input, init) => {
    sent += 1
    return mock.fetch(input, init)
  }
  const json = { ...body, ...wrong } as QsMiniProgramPreEntrustSignRequest
  const wechatpay = createWeChatPay({ ...options, fetch })
  const error = await wechatpay
    .qsMiniProgramPreEntrustSign({ json })
    .catch((reason: unknown) => reason)
  expect(error).toMatchObject({ name: 'RequestError', code, field })
  expect(sent).toBe(0)
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain(body.openid)

  // With the check turned off, the server rejects the request.
  const rejected = await wechatpay
    .qsMiniProgramPreEntrustSign({ json }, { checkRequest: false })
    .catch((reason: unknown) => reason)
  expect(rejected).toMatchObject({
    name: 'ApiError',
    code: 'PARAM_ERROR',
    status: 400,
    verified: true,
  })
})

test('no error and no client shows a secret (T-26)', async () => {
  const secrets = [
    mock.merchant.apiV3Key,
    ...mock.merchant.privateKey.split('\n').slice(1, 4),
    body.openid as string,
  ]
  const wechatpay = createWeChatPay(options)
  const wrongKey = createWeChatPay({ ...options, serialNumber: 'ABCD' })
  const shown = [
    wechatpay,
    await wrongKey.qsMiniProgramPreEntrustSign({ json: body }).catch((error: unknown) => error),
    await wechatpay
      .receiveNotification({ headers: {}, body: new Uint8Array() })
      .catch((error: unknown) => error),
  ].map((value) => inspect(value, { depth: null, showHidden: true }) + JSON.stringify(value))
  for (const secret of secrets) for (const text of shown) expect(text).not.toContain(secret)
})
