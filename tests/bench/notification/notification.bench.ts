// A receiver compared with code written by hand on node:crypto: a genuine notification, and the
// messages of a flood.
import { createDecipheriv, verify } from 'node:crypto'
import { createPlatformKeys } from '@wechatpay-entrust/auth'
import {
  handleNotification,
  importApiV3Keys,
  type NotificationClaims,
  receiveNotification,
  responseFor,
} from '@wechatpay-entrust/notification'
import {
  apiV3Key,
  apiV3Secret,
  mchid,
  notification,
  notificationHeaders,
  platformKey,
  platformKeyId,
  platformPem,
} from '../support/material.ts'
import { runSuite } from '../support/suite.ts'

const platformKeys = createPlatformKeys({ publicKey: { id: platformKeyId, pem: platformPem } })
const options = { platformKeys, apiV3Key: importApiV3Keys(apiV3Key), mchid }
const body = Buffer.from(notification.body)
const forgedBody = Buffer.from(body)
forgedBody[30] = (forgedBody[30] ?? 0) ^ 1
/** The headers as node:http returns them. */
const nodeHeaders = Object.fromEntries(notificationHeaders)
const staleHeaders = { ...nodeHeaders, 'wechatpay-timestamp': '1500000000' }
const inbox: NotificationClaims = { claim: async () => 'new' }

/** The fewest lines for valid input: signature of the bytes, age, decryption, merchant. */
function rawReceive(header: (name: string) => string | null | undefined, bytes: Buffer): unknown {
  const timestamp = header('wechatpay-timestamp') ?? ''
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) throw new Error('stale')
  if (header('wechatpay-serial') !== platformKeyId) throw new Error('another key')
  const signature = Buffer.from(header('wechatpay-signature') ?? '', 'base64')
  const text = `${timestamp}\n${header('wechatpay-nonce')}\n${bytes.toString()}\n`
  if (!verify('sha256', Buffer.from(text), platformKey, signature)) throw new Error('mismatch')
  const { resource, ...envelope } = JSON.parse(bytes.toString())
  const sealed = Buffer.from(resource.ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', apiV3Secret, resource.nonce, {
    authTagLength: 16,
  })
  decipher.setAuthTag(sealed.subarray(-16)).setAAD(Buffer.from(resource.associated_data))
  const plaintext = Buffer.concat([
    decipher.update(sealed.subarray(0, -16)),
    decipher.final(),
  ]).toString()
  const opened = JSON.parse(plaintext)
  if (opened.mchid !== mchid) throw new Error('another merchant')
  return { ...envelope, resource: opened, plaintext }
}
const fromWeb = (name: string) => notificationHeaders.get(name)
const fromNode = (headers: Record<string, string>) => (name: string) => headers[name]
const refusedByHand = (run: () => unknown) => () => {
  try {
    return run()
  } catch {
    return 401
  }
}
const refused = (headers: Record<string, string>, bytes: Buffer) => () =>
  receiveNotification({ headers, body: bytes }, options).catch(responseFor)

await runSuite('notification', [
  {
    title: 'A whole notification, headers of a Web Request',
    contestants: [
      { name: 'node:crypto, by hand', run: () => rawReceive(fromWeb, body) },
      {
        name: 'ours',
        run: () => receiveNotification({ headers: notificationHeaders, body }, options),
      },
    ],
    targets: [{ name: 'ours', atLeast: 0.97 }],
  },
  {
    title: 'A whole notification, headers of node:http',
    contestants: [
      { name: 'node:crypto, by hand', run: () => rawReceive(fromNode(nodeHeaders), body) },
      { name: 'ours', run: () => receiveNotification({ headers: nodeHeaders, body }, options) },
      {
        name: 'ours, with claim and answer',
        run: () =>
          handleNotification({ method: 'POST', headers: nodeHeaders, body }, { ...options, inbox }),
      },
    ],
    targets: [{ name: 'ours', atLeast: 0.97 }],
  },
  {
    title: 'A forged notification is refused',
    contestants: [
      {
        name: 'node:crypto, by hand',
        run: refusedByHand(() => rawReceive(fromNode(nodeHeaders), forgedBody)),
      },
      { name: 'ours', run: refused(nodeHeaders, forgedBody) },
    ],
  },
  {
    title: 'A stale notification is refused',
    contestants: [
      {
        name: 'node:crypto, by hand',
        run: refusedByHand(() => rawReceive(fromNode(staleHeaders), body)),
      },
      { name: 'ours', run: refused(staleHeaders, body) },
    ],
  },
])
