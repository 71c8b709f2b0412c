import { sign, verify } from 'node:crypto'
import { utf8 } from '@wechatpay-entrust/base'
import { expect, test, vi } from 'vitest'
import { importCertificate } from '../crypto/index.ts'
import type { SignatureError } from '../errors.ts'
import { createCredentials } from '../keys/credentials.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { parseAuthorization, requestText, signRequest, verifyRequest } from './request-signature.ts'

const { mchid, serialNumber, privateKey, publicKey, certificate } = testingKeys.merchant
const credentials = createCredentials({ mchid, serialNumber, privateKey })
const now = 1_766_000_000
const clock = () => now * 1000
const request = {
  method: 'POST',
  url: '/v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program',
  body: utf8('{"contract_display_account":"微信代扣用户A"}'),
}
const merchantKey = importCertificate(certificate).publicKey
const findKey = (id: string, serial: string) =>
  id === mchid && serial === serialNumber ? merchantKey : undefined
const check = (authorization: string, over = {}) =>
  verifyRequest({ ...request, authorization, ...over }, { findKey, clock })
const rejection = (authorization: string, over = {}) =>
  thrownBy(() => check(authorization, over)) as Promise<SignatureError>
const genuine = await signRequest(credentials, request, {
  clock,
  nonce_str: '593BEC0C930BF1AFEB40B4A08C8FB242',
})

test('the signed text has five lines, each followed by a line feed, the last one too', () => {
  const text = new TextDecoder().decode(
    requestText({ method: 'GET', url: '/v3/x?a=%20b', body: utf8('') }, '1', 'n'),
  )
  expect(text).toBe('GET\n/v3/x?a=%20b\n1\nn\n\n')
})

test('the header verifies with node:crypto, over the UTF-8 bytes of the body', () => {
  const { signature, timestamp, nonce_str, serial_no } = parseAuthorization(genuine)
  expect({ timestamp, serial_no }).toEqual({ timestamp: String(now), serial_no: serialNumber })
  const text = `POST\n${request.url}\n${timestamp}\n${nonce_str}\n{"contract_display_account":"微信代扣用户A"}\n`
  expect(verify('RSA-SHA256', Buffer.from(text), publicKey, Buffer.from(signature, 'base64'))).toBe(
    true,
  )
})

test('a header made by node:crypto, its items in any order, is verified', async () => {
  const signature = sign(
    'RSA-SHA256',
    requestText(request, String(now), 'abc'),
    privateKey,
  ).toString('base64')
  const items = [
    `serial_no="${serialNumber}"`,
    `timestamp="${now}"`,
    `signature="${signature}"`,
    `mchid="${mchid}"`,
    'nonce_str="abc"',
  ]
  for (const separator of [',', ', ']) {
    for (let turn = 0; turn < items.length; turn++) {
      items.push(items.shift() as string)
      const header = `WECHATPAY2-SHA256-RSA2048 ${items.join(separator)}`
      expect(await check(header)).toMatchObject({ mchid, nonce_str: 'abc' })
    }
  }
})

test('two signatures of one request differ in nonce, and so in everything after it (T-37)', async () => {
  const headers = await Promise.all([1, 2].map(() => signRequest(credentials, request, { clock })))
  const [first, second] = headers.map((header) => parseAuthorization(header))
  expect(first?.nonce_str).toMatch(/^[0-9a-f]{32}$/)
  expect(second?.nonce_str).not.toBe(first?.nonce_str)
})

test('method, URL, body, time and nonce are all covered: mismatch', async () => {
  const changes = [{ method: 'PUT' }, { url: `${request.url}?x=1` }, { body: utf8('{}') }]
  for (const change of changes) expect((await rejection(genuine, change)).code).toBe('mismatch')
  expect((await rejection(genuine.replace('nonce_str="5', 'nonce_str="6'))).code).toBe('mismatch')
  expect((await rejection(genuine.replace(`"${now}"`, `"${now + 1}"`))).code).toBe('mismatch')
})

test.each([-301, -300, 300, 301])(
  'a request with a timestamp %i s away follows the same rule (T-25)',
  async (skew) => {
    const header = await signRequest(credentials, request, { clock: () => (now + skew) * 1000 })
    if (Math.abs(skew) <= 300) expect(await check(header)).toMatchObject({ mchid })
    else expect((await rejection(header)).code).toBe('stale-timestamp')
  },
)

test.each([
  [now - 301, 'stale-timestamp'],
  [999_999_999, 'malformed-header'],
])(
  'the timestamp %i of a request: %s, with the remedy of a server that verifies requests',
  async (timestamp, code) => {
    const header = genuine.replace(`"${now}"`, `"${timestamp}"`)
    const of = (error: SignatureError) => ({ code: error.code, remedy: error.remedy?.en })
    const remedy = expect.stringMatching(/^Respond with 401, and let the client compare/)
    expect(of(await rejection(header))).toEqual({ code, remedy })
  },
)

test('another merchant or serial: unknown-serial', async () => {
  expect((await rejection(genuine.replace(mchid, '1900000000'))).code).toBe('unknown-serial')
  expect((await rejection(genuine.replace(serialNumber, 'ABCD'))).code).toBe('unknown-serial')
})

test('the key is told whether other requests are in flight, by default not', async () => {
  const sign = vi.fn(credentials.sign)
  await signRequest({ ...credentials, sign }, request)
  await signRequest({ ...credentials, sign }, request, { concurrent: true })
  expect(sign.mock.calls.map(([, options]) => options)).toEqual([
    { concurrent: false },
    { concurrent: true },
  ])
})

test('no header: missing-header', async () => {
  const error = await rejection('')
  expect(error.code).toBe('missing-header')
  expect(error.remedy?.en).toMatch(/^Respond with 401, and let the client compare/)
  expect(await thrownBy(() => parseAuthorization(null))).toMatchObject({ code: 'missing-header' })
})

test.each([
  ['another scheme', genuine.replace('WECHATPAY2-SHA256-RSA2048', 'Bearer')],
  [
    'the scheme in lower case',
    genuine.replace('WECHATPAY2-SHA256-RSA2048', 'wechatpay2-sha256-rsa2048'),
  ],
  ['words before an item', genuine.replace('mchid=', 'x mchid=')],
  ['an item of 9 kB before the others', genuine.replace(' ', ` x="${'y'.repeat(9000)}",`)],
  ['no items', 'WECHATPAY2-SHA256-RSA2048'],
  ['an item missing', genuine.replace(/nonce_str="[^"]*",/, '')],
  ['a comma at the end', `${genuine},`],
  ['a word after the items', `${genuine},x`],
  ['an item twice', `${genuine},mchid="${mchid}"`],
  ['an item without quotes', genuine.replace(/mchid="(\d+)"/, 'mchid=$1')],
  ['a quote inside', genuine.replace(mchid, '19"00')],
  ['an empty item', genuine.replace(mchid, '')],
  ['two headers joined', `${genuine}, ${genuine}`],
  ['a megabyte', `WECHATPAY2-SHA256-RSA2048 ${'a="b",'.repeat(200_000)}`],
])('an Authorization with %s: malformed-header (T-15, T-16, T-29)', async (_, header) => {
  expect((await rejection(header)).code).toBe('malformed-header')
})

test.each([
  ['mchid', '1900000109!'],
  ['mchid', '1'.repeat(33)],
  ['serial_no', 'PUB_KEY_ID_01'],
  ['serial_no', `${serialNumber}:`],
  ['serial_no', 'A'.repeat(41)],
  ['nonce_str', 'a b'],
  ['nonce_str', 'n\n'],
  ['nonce_str', '随机'],
  ['nonce_str', 'n'.repeat(129)],
  ['timestamp', `${now}x`],
  ['timestamp', '-1'],
  ['timestamp', '1'.repeat(17)],
  ['signature', 'a*b='],
  ['signature', 'abc=\n'],
  ['signature', 'A'.repeat(2052)],
])('the item %s as %j: malformed-header (T-15)', async (item, text) => {
  const header = genuine.replace(new RegExp(`${item}="[^"]*"`), `${item}="${text}"`)
  const error = await thrownBy(() => parseAuthorization(header))
  expect(error).toMatchObject({
    code: 'malformed-header',
    message: expect.stringMatching(new RegExp(`found ".* for ${item};`, 's')),
  })
})

test('the text of an item that is missing says so', async () => {
  const error = await rejection(genuine.replace(/nonce_str="[^"]*",/, ''))
  expect(error.message).toContain('Authorization: found nothing for nonce_str')
})

test('a signature that is not base64: malformed-signature', async () => {
  const header = genuine.replace(/signature="[^"]*"/, 'signature="abc"')
  expect((await rejection(header)).code).toBe('malformed-signature')
})
