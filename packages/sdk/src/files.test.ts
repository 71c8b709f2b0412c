/** Files through the facade: WeChat Pay is played with `node:crypto` alone. */
import { createHash, createPublicKey, createSign, verify } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { createWeChatPay } from './index.ts'

const keys = JSON.parse(
  readFileSync(new URL('../../../spec/vectors/testing-keys.json', import.meta.url), 'utf8'),
)
const { merchant, platform, apiV3Key } = keys
const folder = mkdtempSync(join(tmpdir(), 'files-'))
afterAll(() => rmSync(folder, { recursive: true }))

const bill = '交易时间,公众账号ID\n`2026-11-27 10:00:00,`wx1\n'.repeat(100)
const hash_value = createHash('sha1').update(bill).digest('hex')
const image = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 255])

/** Whether the signature of a request covers this text. */
function isSigned(request: Request, body: string): boolean {
  const { pathname, search } = new URL(request.url)
  const item = (name: string) =>
    new RegExp(`${name}="([^"]*)"`).exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  const lines = [request.method, pathname + search, item('timestamp'), item('nonce_str'), body, '']
  const key = createPublicKey(merchant.publicKey)
  return verify(
    'sha256',
    Buffer.from(lines.join('\n')),
    key,
    Buffer.from(item('signature'), 'base64'),
  )
}

function signed(value: object): Response {
  const body = JSON.stringify(value)
  const timestamp = String(Math.floor(Date.now() / 1000))
  const text = `${timestamp}\nnonce\n${body}\n`
  return new Response(body, {
    headers: {
      'content-type': 'application/json',
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': 'nonce',
      'wechatpay-serial': platform.serialNumber,
      'wechatpay-signature': createSign('sha256').update(text).sign(platform.privateKey, 'base64'),
    },
  })
}

/** Responds only to requests that are signed as APIv3 asks. */
async function play(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  if (request.method === 'POST') {
    const form = await request.clone().formData()
    const meta = String(form.get('meta'))
    const { filename, sha256 } = JSON.parse(meta)
    const file = form.get('file') as File
    const bytes = new Uint8Array(await file.arrayBuffer())
    const fits = sha256 === createHash('sha256').update(bytes).digest('hex')
    if (!isSigned(request, meta) || !fits || file.name !== filename)
      return new Response('{"code":"SIGN_ERROR","message":"meta"}', { status: 401 })
    return signed({ media_id: `M-${filename}` })
  }
  if (!isSigned(request, '')) return new Response('', { status: 401 })
  if (pathname === '/v3/bill/tradebill')
    return signed({
      hash_type: 'SHA1',
      hash_value,
      download_url: 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=T%2F1',
    })
  if (pathname === '/v3/billdownload/file' && search === '?token=T%2F1')
    return new Response(gzipSync(bill), { headers: { 'request-id': 'R-9' } })
  return new Response(image)
}

const options = {
  mchid: merchant.mchid,
  serialNumber: merchant.serialNumber,
  privateKey: merchant.privateKey,
  apiV3Key,
  platformCertificates: [platform.certificate],
}
const wechatpay = createWeChatPay({
  ...options,
  onEvent: () => {},
  fetch: (input, init) => play(new Request(input, init)),
})

async function requestBill() {
  const query = { bill_date: '2026-11-27', tar_type: 'GZIP' }
  const { data } = await wechatpay.request('GET', '/v3/bill/tradebill', { query })
  return data as { hash_type: string; hash_value: string; download_url: string }
}

test('a bill: the verified response names the hash, and the unsigned file must have it', async () => {
  const given = await requestBill()
  const to = join(folder, 'bill.csv')
  const options = { hash: given, gunzip: true, to }
  expect(await wechatpay.download(given.download_url, options)).toEqual({
    size: Buffer.byteLength(bill),
    hash: hash_value,
    path: to,
    requestId: 'R-9',
  })
  expect(readFileSync(to, 'utf8')).toBe(bill)
  const hash = {
    ...given,
    hash_value: hash_value.replace(/^./, (one) => (one === '0' ? '1' : '0')),
  }
  const other = join(folder, 'other.csv')
  const pending = wechatpay.download(given.download_url, { ...options, hash, to: other })
  await expect(pending).rejects.toMatchObject({ name: 'ApiError', code: 'HASH_MISMATCH' })
  expect(readdirSync(folder)).toEqual(['bill.csv'])
})

test('request does not return an unsigned file, and nothing else does unasked', async () => {
  const path = '/v3/billdownload/file?token=T%2F1'
  await expect(wechatpay.request('GET', path)).rejects.toMatchObject({
    name: 'SignatureError',
    message: expect.stringContaining('call `download`'),
  })
})

test('an unsigned image: downloadUnverified says that it proves nothing', async () => {
  const image = await wechatpay.downloadUnverified('/v3/merchant-service/images/ChsyMDA1')
  expect(image).toMatchObject({ verified: false, size: 9 })
})

test('T-46 an upload is signed over its meta, and the response is verified', async () => {
  const { data } = await wechatpay.upload('/v3/merchant/media/upload', {
    file: image,
    filename: '营业执照.png',
  })
  expect(data).toEqual({ media_id: 'M-营业执照.png' })
})

test('toPaymentLaunch signs for wx.requestPayment and for the app, with an asynchronous signer too', async () => {
  const clock = () => 1_554_208_460_000
  const appid = 'wx2421b1c4370ec43b'
  const prepay_id = 'wx201410272009395522657a690389285100'
  const privateKey = {
    sign: async (text: Uint8Array) => createSign('sha256').update(text).sign(merchant.privateKey),
  }
  const key = createPublicKey(merchant.publicKey)
  for (const one of [options, { ...options, privateKey }]) {
    const { toPaymentLaunch } = createWeChatPay({ ...one, clock })
    const jsapi = await toPaymentLaunch({ appid, prepay_id, form: 'jsapi' })
    expect(jsapi).toMatchObject({ appId: appid, timeStamp: '1554208460', signType: 'RSA' })
    const text = `${appid}\n1554208460\n${jsapi.nonceStr}\nprepay_id=${prepay_id}\n`
    expect(verify('sha256', Buffer.from(text), key, Buffer.from(jsapi.paySign, 'base64'))).toBe(
      true,
    )
    const app = await toPaymentLaunch({ appid, prepay_id, form: 'app' })
    expect(app).toMatchObject({ partnerid: merchant.mchid, package: 'Sign=WXPay' })
    const second = `${appid}\n1554208460\n${app.noncestr}\n${prepay_id}\n`
    expect(verify('sha256', Buffer.from(second), key, Buffer.from(app.sign, 'base64'))).toBe(true)
  }
})

test.each([
  ['appid', { appid: undefined, prepay_id: 'wx1' }],
  ['prepay_id', { appid: 'wx1', prepay_id: 'prepay_id=wx1' }],
])('toPaymentLaunch rejects %s by name', async (slot, given) => {
  const pending = wechatpay.toPaymentLaunch({ ...given, form: 'jsapi' } as never)
  await expect(pending).rejects.toMatchObject({
    name: 'ConfigurationError',
    code: 'malformed-option',
    slot,
  })
})
