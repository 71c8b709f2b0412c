import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { importRsaPublicKey } from '../crypto/index.ts'
import { createCredentials } from '../keys/credentials.ts'
import { credentials } from '../testing/responding.ts'
import { providers, testingKeys, thrownBy, vectors } from '../testing/vectors.ts'
import { type PaymentToLaunch, signPaymentLaunch } from './payment-launch.ts'

const { merchant } = testingKeys
const official = vectors<{
  appid: string
  timestamp: number
  nonce_str: string
  prepay_id: string
  paySign: string
}>('official-payment-signature.json')
const { publicKey } = vectors<{ publicKey: string }>('official-request-signatures.json')
const { appid, prepay_id, timestamp, nonce_str } = official
const clock = () => timestamp * 1000 + 999
const options = { credentials, clock, randomHex: () => nonce_str }

/** A second implementation: node:crypto, with the text written out. */
const fits = (text: string, signature: string) =>
  verify(
    'sha256',
    Buffer.from(text),
    createPublicKey(merchant.publicKey),
    Buffer.from(signature, 'base64'),
  )

/** What `sign` gets. */
async function textOf(payment: PaymentToLaunch): Promise<Uint8Array> {
  const texts: Uint8Array[] = []
  const sign = async (text: Uint8Array) => {
    texts.push(new Uint8Array(text))
    return new Uint8Array(256)
  }
  await signPaymentLaunch({ ...options, credentials: { ...credentials, sign } }, payment)
  return texts[0] as Uint8Array
}

describe.each(providers)('the official vector through the $name implementation', (provider) => {
  test('the published paySign fits the text that is signed', async () => {
    const text = await textOf({ appid, prepay_id, form: 'jsapi' })
    const key = importRsaPublicKey(publicKey, 'publicKey', provider)
    expect(await key.verify(text, Buffer.from(official.paySign, 'base64'))).toBe(true)
  })
})

test('jsapi: the arguments of wx.requestPayment, verified by node:crypto', async () => {
  const launch = await signPaymentLaunch(options, { appid, prepay_id, form: 'jsapi' })
  const { paySign, ...rest } = launch
  expect(rest).toEqual({
    appId: appid,
    timeStamp: '1554208460',
    nonceStr: nonce_str,
    package: `prepay_id=${prepay_id}`,
    signType: 'RSA',
  })
  expect(fits(`${appid}\n1554208460\n${nonce_str}\nprepay_id=${prepay_id}\n`, paySign)).toBe(true)
})

test('app: the fields of PayReq, verified by node:crypto; prepay_id is signed without its name', async () => {
  const { sign, ...rest } = await signPaymentLaunch(options, { appid, prepay_id, form: 'app' })
  expect(rest).toEqual({
    appid,
    partnerid: merchant.mchid,
    prepayid: prepay_id,
    package: 'Sign=WXPay',
    noncestr: nonce_str,
    timestamp: '1554208460',
  })
  expect(fits(`${appid}\n1554208460\n${nonce_str}\n${prepay_id}\n`, sign)).toBe(true)
  const partner = { appid, prepay_id, form: 'app', partnerid: '1900000109' } as const
  expect(await signPaymentLaunch(options, partner)).toMatchObject({ partnerid: '1900000109' })
})

test('each launch has a nonce of its own, of 32 characters', async () => {
  const launch = () => signPaymentLaunch({ credentials }, { appid, prepay_id, form: 'jsapi' })
  const nonces = (await Promise.all([launch(), launch()])).map(({ nonceStr }) => nonceStr)
  expect(new Set(nonces).size).toBe(2)
  expect(nonces.join(' ')).toMatch(/^[0-9a-f]{32} [0-9a-f]{32}$/)
})

test('an asynchronous signer and a credentials function sign', async () => {
  const { mchid, serialNumber } = merchant
  const privateKey = { sign: async (text: Uint8Array) => credentials.sign(text) }
  const own = async () => createCredentials({ mchid, serialNumber, privateKey })
  const payment = { appid, prepay_id, form: 'jsapi' } as const
  const { paySign } = await signPaymentLaunch({ ...options, credentials: own }, payment)
  expect(fits(`${appid}\n1554208460\n${nonce_str}\nprepay_id=${prepay_id}\n`, paySign)).toBe(true)
})

const wrong: readonly (readonly [string, string, object, string])[] = [
  ['no appid', 'appid', { appid: undefined }, 'nothing'],
  ['an empty appid', 'appid', { appid: '' }, 'an empty text'],
  ['an appid with a line feed', 'appid', { appid: 'wx1\n2' }, 'a text of 5 characters'],
  ['an appid of 33 characters', 'appid', { appid: 'w'.repeat(33) }, 'a text of 33 characters'],
  ['no prepay_id', 'prepay_id', { prepay_id: undefined }, 'nothing'],
  ['null as prepay_id', 'prepay_id', { prepay_id: null }, 'null'],
  ['an empty prepay_id', 'prepay_id', { prepay_id: '' }, 'an empty text'],
  ['the response itself', 'prepay_id', { prepay_id: { prepay_id } }, 'a value of type object'],
  [
    'prepay_id with its name',
    'prepay_id',
    { prepay_id: `prepay_id=${prepay_id}` },
    'a text that begins with prepay_id=',
  ],
  ['a prepay_id of 65 characters', 'prepay_id', { prepay_id: 'w'.repeat(65) }, 'a text of 65'],
  ['a prepay_id with CR LF', 'prepay_id', { prepay_id: 'wx1\r\nx' }, 'a text of 6 characters'],
  ['no form', 'form', { form: undefined }, 'nothing'],
  ['another form', 'form', { form: 'h5' }, 'a text of 2 characters'],
  ['partnerid for jsapi', 'partnerid', { partnerid: '1' }, 'a value'],
  ['a number as partnerid', 'partnerid', { form: 'app', partnerid: 1 }, 'a value of type number'],
]

test.each(wrong)('%s is rejected as %s: malformed-option', async (_, slot, fields, found) => {
  const payment = { appid, prepay_id, form: 'jsapi', ...fields } as PaymentToLaunch
  const sign = () => Promise.reject(new Error('signed'))
  const error = await thrownBy(() =>
    signPaymentLaunch({ ...options, credentials: { ...credentials, sign } }, payment),
  )
  expect(error).toMatchObject({ name: 'ConfigurationError', code: 'malformed-option', slot })
  expect(error.message).toContain(`${slot}: found ${found}`)
  const { remedy } = error as Error & { remedy?: { en: string; zh: string } }
  expect(error.message.endsWith(remedy?.en ?? '-')).toBe(true)
  expect(remedy?.zh).toMatch(/。$/)
})

test('unknown options and members are rejected by name: unknown-option', async () => {
  const payment = { appid, prepay_id, form: 'jsapi' } as const
  expect(
    await thrownBy(() => signPaymentLaunch({ ...options, clocks: 1 } as never, payment)),
  ).toMatchObject({ code: 'unknown-option', slot: 'clocks' })
  expect(
    await thrownBy(() => signPaymentLaunch(options, { ...payment, prepayId: '1' } as never)),
  ).toMatchObject({ code: 'unknown-option', slot: 'payment.prepayId' })
  expect(await thrownBy(() => signPaymentLaunch(options, undefined as never))).toMatchObject({
    code: 'malformed-option',
    slot: 'payment',
  })
  expect(
    await thrownBy(() => signPaymentLaunch({ ...options, clock: 1 } as never, payment)),
  ).toMatchObject({ code: 'malformed-option', slot: 'clock' })
})

test('credentials of another scheme than RSA are rejected: unusable-key', async () => {
  const sm = { ...credentials, signatureType: 'WECHATPAY2-SM2-WITH-SM3' }
  const error = await thrownBy(() =>
    signPaymentLaunch({ credentials: sm }, { appid, prepay_id, form: 'jsapi' }),
  )
  expect(error).toMatchObject({ code: 'unusable-key', slot: 'credentials.signatureType' })
})
