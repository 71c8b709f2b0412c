// The WebCrypto implementation, as Workers, Deno and browsers use it, compared with the fewest
// lines of crypto.subtle that do the same.
import { registerHooks } from 'node:module'
import { runSuite } from '../support/suite.ts'

// Node would load the implementation on node:crypto.
const web = new URL('../../../packages/auth/src/crypto/web.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) => next(specifier === '#crypto' ? web : specifier, context),
})

const { createCredentials, createPlatformKeys, signRequest, verifyMessage } = await import(
  '@wechatpay-entrust/auth'
)
const { importApiV3Keys, openResource, receiveNotification } = await import(
  '@wechatpay-entrust/notification'
)
const material = await import('../support/material.ts')
const {
  mchid,
  serialNumber,
  merchantPem,
  platformKeyId,
  platformPem,
  requestPath,
  requestBody,
  sealed,
} = material
const { answer, notificationHeaders, notification, merchantKey, platformKey, apiV3Key } = material

const credentials = createCredentials({ mchid, serialNumber, privateKey: merchantPem })
const platformKeys = createPlatformKeys({ publicKey: { id: platformKeyId, pem: platformPem } })
const keys = importApiV3Keys(apiV3Key)

const { subtle } = crypto
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const der = (bytes: Uint8Array) => new Uint8Array(bytes)
const privateDer = der(merchantKey.export({ type: 'pkcs8', format: 'der' }))
const publicDer = der(platformKey.export({ type: 'spki', format: 'der' }))
const signKey = await subtle.importKey('pkcs8', privateDer, rsa, false, ['sign'])
const verifyKey = await subtle.importKey('spki', publicDer, rsa, false, ['verify'])
const openKey = await subtle.importKey(
  'raw',
  new TextEncoder().encode(apiV3Key),
  'AES-GCM',
  false,
  ['decrypt'],
)
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })
const fromBase64 = (text: string) =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
const toHex = (bytes: Uint8Array) =>
  Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('')

const rawHeader = async () => {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = toHex(crypto.getRandomValues(new Uint8Array(16)))
  const text = encoder.encode(`POST\n${requestPath}\n${timestamp}\n${nonce}\n${requestBody}\n`)
  const signature = toBase64(new Uint8Array(await subtle.sign(rsa, signKey, text)))
  return (
    `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",signature="${signature}",` +
    `timestamp="${timestamp}",serial_no="${serialNumber}"`
  )
}
const rawVerify = async (headers: Headers, body: Uint8Array) => {
  const timestamp = headers.get('wechatpay-timestamp')
  const text = encoder.encode(
    `${timestamp}\n${headers.get('wechatpay-nonce')}\n${decoder.decode(body)}\n`,
  )
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) throw new Error('stale')
  if (headers.get('wechatpay-serial') !== platformKeyId) throw new Error('another key')
  const signature = fromBase64(headers.get('wechatpay-signature') ?? '')
  if (!(await subtle.verify(rsa, verifyKey, signature, text))) throw new Error('mismatch')
}
const rawOpen = async ({ ciphertext, nonce, associated_data }: typeof sealed) => {
  const algorithm = {
    name: 'AES-GCM',
    iv: encoder.encode(nonce),
    additionalData: encoder.encode(associated_data),
  }
  return new Uint8Array(await subtle.decrypt(algorithm, openKey, fromBase64(ciphertext)))
}
const rawReceive = async (headers: Headers, body: Uint8Array) => {
  await rawVerify(headers, body)
  const { resource } = JSON.parse(decoder.decode(body))
  return JSON.parse(decoder.decode(await rawOpen(resource)))
}

const request = { method: 'POST', url: requestPath, body: encoder.encode(requestBody) }
const responseBody = encoder.encode(answer.body)
const body = new Uint8Array(notification.body)
const options = { platformKeys, apiV3Key: keys, mchid }
const targets = [{ name: 'ours', atLeast: 0.9 }]
const rawIs = (run: () => unknown) => ({ name: 'crypto.subtle', run })
const oursIs = (run: () => unknown) => ({ name: 'ours', run })

await runSuite('webcrypto', [
  {
    title: 'Authorization header',
    contestants: [rawIs(rawHeader), oursIs(() => signRequest(credentials, request))],
    targets,
  },
  {
    title: 'Authorization header',
    inFlight: 64,
    contestants: [
      rawIs(rawHeader),
      oursIs(() => signRequest(credentials, request, { concurrent: true })),
    ],
    targets,
  },
  {
    title: 'Verify an answer',
    contestants: [
      rawIs(() => rawVerify(answer.headers, responseBody)),
      oursIs(() =>
        verifyMessage({ headers: answer.headers, body: responseBody }, { platformKeys }),
      ),
    ],
    targets,
  },
  {
    title: 'Open a resource of 1 kB',
    contestants: [rawIs(() => rawOpen(sealed)), oursIs(() => openResource(sealed, keys))],
    targets,
  },
  {
    title: 'A whole notification: verify, open, parse',
    contestants: [
      rawIs(() => rawReceive(notificationHeaders, body)),
      oursIs(() => receiveNotification({ headers: notificationHeaders, body }, options)),
    ],
    targets,
  },
])
