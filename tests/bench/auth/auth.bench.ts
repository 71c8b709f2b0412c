// Signing, verifying, decrypting, and a whole notification, compared with the fewest lines of
// node:crypto that do the same.
import { createDecipheriv, randomBytes, sign, verify } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { promisify } from 'node:util'
import {
  createCredentials,
  createPlatformKeys,
  signRequest,
  verifyMessage,
} from '@wechatpay-entrust/auth'
import { importApiV3Keys, openResource, receiveNotification } from '@wechatpay-entrust/notification'
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin'
import WxPay from 'wechatpay-node-v3'
import {
  answer,
  apiV3Key,
  apiV3Secret,
  mchid,
  merchantKey,
  merchantPem,
  notification,
  notificationHeaders,
  platformKey,
  platformKeyId,
  platformPem,
  requestBody,
  requestPath,
  sealed,
  serialNumber,
} from '../support/material.ts'
import { effort, runSuite } from '../support/suite.ts'

const credentials = createCredentials({ mchid, serialNumber, privateKey: merchantPem })
const platformKeys = createPlatformKeys({ publicKey: { id: platformKeyId, pem: platformPem } })
const keys = importApiV3Keys(apiV3Key)
const bodyBytes = Buffer.from(requestBody)
const signOnPool = promisify(sign)

// How the peers are called. Their declarations put classes into namespaces that they do not export.
// biome-ignore lint/suspicious/noExplicitAny: see above
const { AesGcm } = Aes as any
const axiosMerchantKey = Rsa.from(merchantPem, Rsa.KEY_TYPE_PRIVATE)
const axiosPlatformKey = Rsa.from(platformPem, Rsa.KEY_TYPE_PUBLIC)
const nodeV3 = new WxPay({
  appid: 'wxd678efh567hg6787',
  mchid,
  serial_no: serialNumber,
  publicKey: Buffer.from(platformPem),
  privateKey: Buffer.from(merchantPem),
  key: apiV3Key,
})

const now = () => String(Math.floor(Date.now() / 1000))
const nonce = () => randomBytes(16).toString('hex')
const requestText = (timestamp: string, nonce_str: string) =>
  Buffer.from(`POST\n${requestPath}\n${timestamp}\n${nonce_str}\n${requestBody}\n`)
const format = (timestamp: string, nonce_str: string, signature: Buffer) =>
  `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce_str}",signature="${signature.toString('base64')}",` +
  `timestamp="${timestamp}",serial_no="${serialNumber}"`

const rawHeader = () => {
  const timestamp = now()
  const nonce_str = nonce()
  return format(
    timestamp,
    nonce_str,
    sign('sha256', requestText(timestamp, nonce_str), merchantKey),
  )
}
const rawHeaderOnPool = async () => {
  const timestamp = now()
  const nonce_str = nonce()
  return format(
    timestamp,
    nonce_str,
    await signOnPool('sha256', requestText(timestamp, nonce_str), merchantKey),
  )
}
const request = { method: 'POST', url: requestPath, body: bodyBytes }
const ourHeader = (concurrent: boolean) => () => signRequest(credentials, request, { concurrent })
const axiosHeader = () => {
  const timestamp = Formatter.timestamp()
  const nonce_str = Formatter.nonce()
  const signature = Rsa.sign(
    Formatter.request('POST', requestPath, `${timestamp}`, nonce_str, requestBody),
    axiosMerchantKey,
  )
  return Formatter.authorization(mchid, nonce_str, signature, `${timestamp}`, serialNumber)
}
const nodeV3Header = () => {
  const timestamp = now()
  const nonce_str = nonce()
  return nodeV3.getAuthorization(
    nonce_str,
    timestamp,
    nodeV3.getSignature('POST', nonce_str, timestamp, requestPath, requestBody),
  )
}

const rawVerify = (headers: Headers, body: Buffer) => {
  const timestamp = headers.get('wechatpay-timestamp')
  const text = `${timestamp}\n${headers.get('wechatpay-nonce')}\n${body.toString()}\n`
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) throw new Error('stale')
  if (headers.get('wechatpay-serial') !== platformKeyId) throw new Error('another key')
  const signature = Buffer.from(headers.get('wechatpay-signature') ?? '', 'base64')
  if (!verify('sha256', Buffer.from(text), platformKey, signature)) throw new Error('mismatch')
}
const axiosVerify = (headers: Headers, body: string) => {
  const [timestamp, nonce_str, signature] = ['timestamp', 'nonce', 'signature'].map(
    (name) => headers.get(`wechatpay-${name}`) ?? '',
  ) as [string, string, string]
  if (!Rsa.verify(Formatter.response(timestamp, nonce_str, body), signature, axiosPlatformKey))
    throw new Error('mismatch')
}

const rawOpen = ({ ciphertext, nonce: iv, associated_data }: typeof sealed) => {
  const bytes = Buffer.from(ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', apiV3Secret, iv, { authTagLength: 16 })
  decipher.setAuthTag(bytes.subarray(-16))
  decipher.setAAD(Buffer.from(associated_data))
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()])
}

const notificationBody = Buffer.from(notification.body)
const notificationText = notificationBody.toString()

/**
 * How long the event loop was blocked while 64 requests at a time were signed: p99 and maximum, in
 * ms.
 */
async function loopDelay(run: () => unknown): Promise<string> {
  const histogram = monitorEventLoopDelay({ resolution: 1 })
  const end = performance.now() + effort.rounds * effort.sliceMs
  histogram.enable()
  const lane = async () => {
    while (performance.now() < end) await run()
  }
  await Promise.all(Array.from({ length: 64 }, lane))
  // A signer that never yields leaves the histogram only one sample, so let the loop run.
  await new Promise((resolve) => setTimeout(resolve, 5))
  histogram.disable()
  return `p50 ${(histogram.percentile(50) / 1e6).toFixed(1)}, p99 ${(histogram.percentile(99) / 1e6).toFixed(1)}, longest ${(histogram.max / 1e6).toFixed(1)}`
}

const notes = [
  'Event-loop delay with 64 signatures in flight, milliseconds (resolution 1):',
  `- ours: ${await loopDelay(ourHeader(true))}\n- wechatpay-axios-plugin: ${await loopDelay(axiosHeader)}\n- wechatpay-node-v3: ${await loopDelay(nodeV3Header)}`,
]

await runSuite(
  'auth',
  [
    {
      title: 'Authorization header',
      contestants: [
        { name: 'node:crypto, sync', run: rawHeader },
        { name: 'ours', run: ourHeader(false) },
        { name: 'wechatpay-axios-plugin', run: axiosHeader },
        { name: 'wechatpay-node-v3', run: nodeV3Header },
      ],
      targets: [{ name: 'ours', atLeast: 0.97 }],
    },
    {
      title: 'Authorization header',
      inFlight: 64,
      contestants: [
        { name: 'node:crypto, thread pool', run: rawHeaderOnPool },
        { name: 'ours', run: ourHeader(true) },
        { name: 'wechatpay-axios-plugin', run: axiosHeader },
        { name: 'wechatpay-node-v3', run: nodeV3Header },
      ],
      targets: [{ name: 'ours', atLeast: 0.9 }],
    },
    {
      title: 'Verify an answer',
      contestants: [
        { name: 'node:crypto, sync', run: () => rawVerify(answer.headers, answer.bytes) },
        {
          name: 'ours',
          run: () =>
            verifyMessage({ headers: answer.headers, body: answer.bytes }, { platformKeys }),
        },
        {
          name: 'wechatpay-axios-plugin',
          run: () => axiosVerify(answer.headers, answer.bytes.toString()),
        },
      ],
      targets: [{ name: 'ours', atLeast: 0.97 }],
    },
    {
      title: 'Open a resource of 1 kB',
      contestants: [
        { name: 'node:crypto', run: () => rawOpen(sealed) },
        { name: 'ours', run: () => openResource(sealed, keys) },
        {
          name: 'wechatpay-axios-plugin',
          run: () =>
            AesGcm.decrypt(sealed.ciphertext, apiV3Key, sealed.nonce, sealed.associated_data),
        },
        {
          name: 'wechatpay-node-v3',
          run: () =>
            nodeV3.decipher_gcm(sealed.ciphertext, sealed.associated_data, sealed.nonce, apiV3Key),
        },
      ],
      targets: [{ name: 'ours', atLeast: 0.95 }],
    },
    {
      title: 'A whole notification: verify, open, parse',
      contestants: [
        {
          name: 'node:crypto, sync',
          run: () => {
            rawVerify(notificationHeaders, notificationBody)
            return JSON.parse(rawOpen(JSON.parse(notificationText).resource).toString())
          },
        },
        {
          name: 'ours',
          run: () =>
            receiveNotification(
              { headers: notificationHeaders, body: notificationBody },
              { platformKeys, apiV3Key: keys, mchid },
            ),
        },
        {
          name: 'wechatpay-axios-plugin, its recipe',
          run: () => {
            axiosVerify(notificationHeaders, notificationText)
            const { ciphertext, nonce: iv, associated_data } = JSON.parse(notificationText).resource
            return JSON.parse(AesGcm.decrypt(ciphertext, apiV3Key, iv, associated_data))
          },
        },
      ],
      targets: [{ name: 'ours', atLeast: 0.97 }],
    },
  ],
  notes,
)
