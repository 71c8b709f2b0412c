// Checks the official vectors with node:crypto alone: a wrong copy would otherwise look like a bug of our code.
import { createDecipheriv, createHash, verify, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`vectors/${file}`, import.meta.url), 'utf8'))

const requests = read('official-request-signatures.json')
test.each<{
  name: string
  method: string
  url: string
  body: string
  signature: string
  messageSha256?: string
}>(requests.vectors)(
  'request signature: $name',
  ({ method, url, body, signature, messageSha256 }) => {
    const message = `${method}\n${url}\n${requests.timestamp}\n${requests.nonce_str}\n${body}\n`
    expect(verifies(requests.publicKey, message, signature)).toBe(true)
    if (messageSha256)
      expect(createHash('sha256').update(message).digest('hex')).toBe(messageSha256)
  },
)

test('paySign', () => {
  const { appid, timestamp, nonce_str, prepay_id, paySign } = read(
    'official-payment-signature.json',
  )
  const text = `${appid}\n${timestamp}\n${nonce_str}\nprepay_id=${prepay_id}\n`
  expect(verifies(requests.publicKey, text, paySign)).toBe(true)
})

test('response signature', () => {
  const { publicKey, headers, body } = read('official-response-signature.json')
  expect(verifies(publicKey, messageOf(headers, body), headers['Wechatpay-Signature'])).toBe(true)
})

test('notification signature', () => {
  const { certificate, headers, body } = read('official-notification.json')
  const { publicKey, serialNumber } = new X509Certificate(certificate)
  expect(serialNumber).toBe(headers['Wechatpay-Serial'])
  const pem = publicKey.export({ type: 'spki', format: 'pem' })
  expect(verifies(pem, messageOf(headers, body), headers['Wechatpay-Signature'])).toBe(true)
})

test('AEAD', () => {
  const { apiV3Key, nonce, associated_data, ciphertext, plaintext } = read('official-aead.json')
  const bytes = Buffer.from(ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce)
  decipher.setAAD(Buffer.from(associated_data)).setAuthTag(bytes.subarray(-16))
  expect(decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8')).toBe(
    plaintext,
  )
})

const messageOf = (headers: Record<string, string>, body: string) =>
  `${headers['Wechatpay-Timestamp']}\n${headers['Wechatpay-Nonce']}\n${body}\n`

const verifies = (publicKey: string | Buffer, message: string, signature: string) =>
  verify('sha256', Buffer.from(message), publicKey, Buffer.from(signature, 'base64'))
