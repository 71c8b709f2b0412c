import { createDecipheriv, verify } from 'node:crypto'
import { importRsaPrivateKey } from '@wechatpay-entrust/auth/crypto'
import { expect, test } from 'vitest'
import { buildNotification, formatTime } from '../platform.ts'
import { receiveNotification } from '../receive/receive.ts'
import { clock, contract, keys, now, options } from '../testing/fixtures.ts'

const build = (more: object = {}) =>
  buildNotification({
    id: 'EV-2018022511223320873',
    event_type: 'ENTRUST.SIGN',
    summary: '委托代扣签约通知',
    original_type: 'entrust',
    associated_data: 'entrust',
    resource: contract,
    apiV3Key: keys.apiV3Key,
    key: importRsaPrivateKey(keys.publicKey.privateKey),
    serialNumber: keys.publicKey.id,
    clock,
    ...more,
  })

test('a built notification is received', async () => {
  expect(await receiveNotification(await build(), options)).toMatchObject({
    kind: 'signed',
    create_time: '2026-11-23T12:00:00+08:00',
    resource_type: 'encrypt-resource',
    resource: contract,
  })
})

test('header names are sent in the documented case', async () => {
  const { headers } = await build()
  expect(Object.keys(headers).sort()).toEqual([
    'Content-Type',
    'Request-ID',
    'Wechatpay-Nonce',
    'Wechatpay-Serial',
    'Wechatpay-Signature',
    'Wechatpay-Signature-Type',
    'Wechatpay-Timestamp',
  ])
  expect(headers).toMatchObject({
    'Content-Type': 'application/json',
    'Wechatpay-Serial': keys.publicKey.id,
  })
})

test('the second implementation, node:crypto, verifies and opens what we build', async () => {
  const { headers, body } = await build()
  const text = `${headers['Wechatpay-Timestamp']}\n${headers['Wechatpay-Nonce']}\n${Buffer.from(body)}\n`
  const signature = Buffer.from(headers['Wechatpay-Signature'] ?? '', 'base64')
  expect(verify('RSA-SHA256', Buffer.from(text), keys.publicKey.publicKey, signature)).toBe(true)

  const { id, resource } = JSON.parse(Buffer.from(body).toString())
  expect(id).toBe('EV-2018022511223320873')
  const sealed = Buffer.from(resource.ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keys.apiV3Key, resource.nonce, {
    authTagLength: 16,
  })
  decipher.setAAD(Buffer.from(resource.associated_data)).setAuthTag(sealed.subarray(-16))
  const opened =
    decipher.update(sealed.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8')
  expect(JSON.parse(opened)).toEqual(contract)
})

test('a repeat has the same id, and its own time, nonces and signature', async () => {
  const [first, again] = [await build(), await build({ clock: () => now + 15_000 })]
  for (const name of [
    'Wechatpay-Timestamp',
    'Wechatpay-Nonce',
    'Wechatpay-Signature',
    'Request-ID',
  ]) {
    expect(first.headers[name]).not.toBe(again.headers[name])
  }
  const [one, two] = [first, again].map(({ body }) => JSON.parse(Buffer.from(body).toString()))
  expect(one.id).toBe(two.id)
  expect(one.resource.nonce).not.toBe(two.resource.nonce)
})

test('times are RFC 3339 in whole seconds with +08:00, over the end of a day too', () => {
  expect(formatTime(Date.UTC(2020, 8, 10, 5, 29, 35, 999))).toBe('2020-09-10T13:29:35+08:00')
  expect(formatTime(Date.UTC(2026, 11, 31, 16, 0, 0))).toBe('2027-01-01T00:00:00+08:00')
})
