import { createVerify, sign, X509Certificate } from 'node:crypto'
import { utf8 } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { importRsaPrivateKey } from '../crypto/index.ts'
import { SignatureError } from '../errors.ts'
import { createPlatformKeys } from '../keys/platform-keys.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { documentedHeaderName, signMessage, verifyMessage } from './message-signature.ts'

const { platform, publicKey, other } = testingKeys
const now = 1_766_000_000
const clock = () => now * 1000
const platformKeys = createPlatformKeys({
  publicKey: { id: publicKey.id, pem: publicKey.publicKey },
  platformCertificates: [platform.certificate],
})
const body = utf8('{"pre_entrustweb_id":"5778aadY9nltAsZzXixCkFIGYnV2V","service_id":12535}')
const key = importRsaPrivateKey(publicKey.privateKey)
const genuine = await signMessage(body, {
  key,
  serialNumber: publicKey.id,
  clock,
  nonce: 'd824f2e086d3c1df967785d13fcd22ef',
})

const verify = (headers: Record<string, string | string[] | undefined>, bytes = body) =>
  verifyMessage({ headers, body: bytes }, { platformKeys, clock })
const rejection = (headers: Record<string, string | string[] | undefined>, bytes = body) =>
  thrownBy(() => verify(headers, bytes)) as Promise<SignatureError>

/** Headers signed with node:crypto, for any text. */
function signedByHand(timestamp: string, nonce = 'n', bytes: Uint8Array = body) {
  const text = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), bytes, Buffer.from('\n')])
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': publicKey.id,
    'wechatpay-signature': sign('RSA-SHA256', text, publicKey.privateKey).toString('base64'),
  }
}

test('a genuine message verifies, with Headers and with a plain object, and returns signer and time', async () => {
  const expected = { serialNumber: publicKey.id, timestamp: now, skewSeconds: 0 }
  expect(await verify(genuine)).toEqual(expected)
  expect(
    await verifyMessage({ headers: new Headers(genuine), body }, { platformKeys, clock }),
  ).toEqual(expected)
})

test('a message signed by node:crypto verifies, and node:crypto verifies ours', async () => {
  expect(await verify(signedByHand(String(now)))).toMatchObject({ timestamp: now })
  const ours = await signMessage(body, {
    key: importRsaPrivateKey(platform.privateKey),
    serialNumber: platform.serialNumber,
  })
  const verifier = createVerify('RSA-SHA256')
  verifier
    .update(`${ours['Wechatpay-Timestamp']}\n${ours['Wechatpay-Nonce']}\n`)
    .update(body)
    .update('\n')
  const certificate = new X509Certificate(platform.certificate)
  expect(
    verifier.verify(certificate.publicKey, String(ours['Wechatpay-Signature']), 'base64'),
  ).toBe(true)
})

test('all four headers are required: missing-header (T-02)', async () => {
  const names = [
    'Wechatpay-Timestamp',
    'Wechatpay-Nonce',
    'Wechatpay-Serial',
    'Wechatpay-Signature',
  ]
  for (let subset = 0; subset < 15; subset++) {
    const headers = Object.fromEntries(
      names.filter((_, bit) => subset & (1 << bit)).map((name) => [name, genuine[name]]),
    )
    expect((await rejection(headers)).code).toBe('missing-header')
  }
  for (const name of names)
    expect((await rejection({ ...genuine, [name]: '' })).code).toBe('missing-header')
})

test('every bit of the body and of the signed headers is covered (T-01, R5)', async () => {
  const codes = new Map<string, number>()
  const count = (error: SignatureError) => {
    expect(error).toBeInstanceOf(SignatureError)
    codes.set(error.code, (codes.get(error.code) ?? 0) + 1)
  }
  for (let bit = 0; bit < body.length * 8; bit++) {
    const flipped = Uint8Array.from(body)
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
    count(await rejection(genuine, flipped))
  }
  for (const [name, value] of Object.entries(genuine)) {
    for (let bit = 0; bit < value.length * 8; bit++) {
      const code = value.charCodeAt(bit >> 3) ^ (1 << (bit & 7))
      const flipped =
        value.slice(0, bit >> 3) + String.fromCharCode(code) + value.slice((bit >> 3) + 1)
      count(await rejection({ ...genuine, [name]: flipped }))
    }
  }
  const positions = body.length + Object.values(genuine).join('').length
  expect([...codes.values()].reduce((sum, n) => sum + n)).toBe(positions * 8)
  expect([...codes.keys()].toSorted()).toEqual([
    'malformed-header',
    'malformed-signature',
    'mismatch',
    'stale-timestamp',
    'unknown-serial',
    'unsupported-signature-type',
  ])
})

test.each([-301, -300, -299, 0, 299, 300, 301])(
  'a timestamp %i s away gets the same result in past and future (T-05, T-25)',
  async (skew) => {
    const headers = signedByHand(String(now + skew))
    if (Math.abs(skew) <= 300) expect(await verify(headers)).toMatchObject({ skewSeconds: skew })
    else expect((await rejection(headers)).code).toBe('stale-timestamp')
  },
)

test('the clock counts in whole seconds (R20)', async () => {
  const late = { platformKeys, clock: () => now * 1000 + 300_999 }
  expect(await verifyMessage({ headers: genuine, body }, late)).toMatchObject({ skewSeconds: -300 })
})

test.each([
  '1766000000abc',
  ' 1766000000',
  '0x69433500',
  '1.7660e+09',
  '-176600000',
  ' 176600000',
  '01766000000',
  '17660000000',
  '1.766e9',
  '-1766000000',
  'null',
  '1766000000, 1766000000',
])('timestamp %j: malformed-header, though it is signed (T-05)', async (timestamp) => {
  expect((await rejection(signedByHand(timestamp))).code).toBe('malformed-header')
})

test.each(['a,b', 'a"b', 'a b', ' a', '随机', 'a\nb', 'n'.repeat(129)])(
  'nonce %j: malformed-header, though it is signed (T-16, T-29)',
  async (nonce) => {
    expect((await rejection(signedByHand(String(now), nonce))).code).toBe('malformed-header')
    expect(await verify(signedByHand(String(now), 'n'.repeat(128)))).toMatchObject({
      timestamp: now,
    })
  },
)

test('each header twice, same or different values: rejected (T-16)', async () => {
  for (const name of Object.keys(genuine)) {
    for (const second of [genuine[name], 'x']) {
      const twice = { ...genuine, [name]: [genuine[name] as string, second as string] }
      expect((await rejection(twice)).name).toBe('SignatureError')
      const joined = new Headers(genuine)
      joined.append(name, second as string)
      await expect(
        verifyMessage({ headers: joined, body }, { platformKeys, clock }),
      ).rejects.toThrow(SignatureError)
    }
  }
  expect((await rejection({ ...genuine, 'wechatpay-nonce': 'again' })).code).toBe(
    'malformed-header',
  )
})

test('a message signed with another key is rejected, whichever id it names (T-06)', async () => {
  const crossed = await signMessage(body, { key, serialNumber: platform.serialNumber, clock })
  expect((await rejection(crossed)).code).toBe('mismatch')
  const forged = await signMessage(body, {
    key: importRsaPrivateKey(other.privateKey),
    serialNumber: publicKey.id,
    clock,
  })
  expect((await rejection(forged)).code).toBe('mismatch')
  const unknown = await rejection(
    await signMessage(body, { key, serialNumber: other.serialNumber, clock }),
  )
  expect(unknown.code).toBe('unknown-serial')
  expect(unknown.message).toContain(platform.serialNumber)
})

test('a signature probe is rejected like any wrong signature, and flagged (T-09)', async () => {
  const signature = genuine['Wechatpay-Signature'] as string
  const probes = [
    `WECHATPAY/SIGNTEST/${signature.slice(19)}`,
    `WECHATPAY/SIGNTEST/${signature}`,
    'WECHATPAY/SIGNTEST/',
    'WECHATPAY/SIGNTEST/*not base64*',
  ]
  for (const probe of probes) {
    const error = await rejection({ ...genuine, 'Wechatpay-Signature': probe })
    expect(error).toMatchObject({ name: 'SignatureError', probe: true })
    expect(['mismatch', 'malformed-signature']).toContain(error.code)
  }
  expect((await rejection(genuine, utf8('x'))).probe).toBe(false)
  expect((await rejection({})).probe).toBe(false)
  const similar = `A${probes[0]?.slice(0, -1)}`
  expect((await rejection({ ...genuine, 'Wechatpay-Signature': similar })).probe).toBe(false)
})

test('a signature in any form but canonical base64 of its length: malformed-signature (T-10)', async () => {
  const signature = genuine['Wechatpay-Signature'] as string
  const bytes = Buffer.from(signature, 'base64')
  const forms = [
    signature.slice(0, -2),
    `${signature}=`,
    `${signature}AAAA`,
    `${signature.slice(0, 8)} ${signature.slice(8)}`,
    `${signature.slice(0, 8)}*${signature.slice(8)}`,
    signature.replace(/=+$/, ''),
    bytes.subarray(1).toString('base64'),
    bytes.toString('hex'),
  ]
  for (const form of forms) {
    expect((await rejection({ ...genuine, 'Wechatpay-Signature': form })).code).toBe(
      'malformed-signature',
    )
  }
})

test.each(['none', 'wechatpay2-sha256-rsa2048', 'WECHATPAY2-SM2-WITH-SM3', ''])(
  'signature type %j: unsupported-signature-type (T-13)',
  async (type) => {
    const error = await rejection({ ...genuine, 'Wechatpay-Signature-Type': type })
    expect(error.code).toBe('unsupported-signature-type')
  },
)

test('hostile headers of a megabyte are rejected without delay and cut in the message (T-29)', async () => {
  const long = 'a\r\nb"'.repeat(250_000)
  for (const name of Object.keys(genuine)) {
    const error = await rejection({ ...genuine, [name]: long })
    expect(error.message.length).toBeLessThan(600)
    expect(error.message).not.toMatch(/[\r\n]/)
  }
})

test('a body that was parsed and serialised again is rejected with the likely cause', async () => {
  const spaced = utf8('{ "a": 1 }')
  const headers = await signMessage(spaced, { key, serialNumber: publicKey.id, clock })
  const error = await rejection(headers, utf8(JSON.stringify(JSON.parse('{ "a": 1 }'))))
  expect(error.code).toBe('mismatch')
  expect(error.message).toContain('Pass the raw bytes')
})

test('header names have the documented spelling', () => {
  const names = ['wechatpay-signature-type', 'request-id', 'content-type', 'WECHATPAY-SERIAL']
  const expected = ['Wechatpay-Signature-Type', 'Request-ID', 'Content-Type', 'Wechatpay-Serial']
  expect(names.map(documentedHeaderName)).toEqual(expected)
})
