import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { envelope, keys, nowSeconds, options, rejectionOf, signed } from '../testing/fixtures.ts'
import { flood } from '../testing/flood.ts'
import { receiveNotification } from './receive.ts'

test('T-41 R17 in a flood of forged posts every genuine notification is accepted, and no forged one', async () => {
  const { forged, genuine, other, counts } = await flood({
    rate: 1000,
    seconds: 1,
    connections: 16,
  })
  expect(forged.sent).toBeGreaterThan(16)
  expect([forged.accepted, other]).toEqual([0, 0])
  expect(genuine.sent).toBeGreaterThan(0)
  expect(genuine.accepted).toBe(genuine.sent)
  expect(counts).toEqual({
    'notification:accepted': genuine.sent,
    'notification:rejected': forged.sent,
  })
})

test('T-41 a rejection by headers, size or age needs no key, and a forged message costs one verification', async () => {
  const counts = { keys: 0, verifications: 0 }
  const platformKeys = {
    ...options.platformKeys,
    async find(serialNumber: string) {
      counts.keys += 1
      const key = await options.platformKeys.find(serialNumber)
      const verify = (message: Uint8Array, signature: Uint8Array) => {
        counts.verifications += 1
        return key?.verify(message, signature) ?? false
      }
      return key && { ...key, verify }
    },
  }
  const genuine = signed()
  const packed = { 'Content-Encoding': 'gzip' }
  const cheap = [
    { ...genuine, headers: {} },
    { headers: { ...genuine.headers, ...packed }, body: gzipSync(genuine.body) },
    { headers: { ...genuine.headers, 'wechatpay-nonce': 'again' }, body: genuine.body },
    { ...genuine, body: new Uint8Array(65_537) },
    signed(envelope(), nowSeconds - 301),
  ]
  for (const message of cheap) await rejectionOf(message, { platformKeys })
  expect(counts).toEqual({ keys: 0, verifications: 0 })

  await rejectionOf(signed(envelope(), nowSeconds, keys.other.privateKey), { platformKeys })
  expect(counts).toEqual({ keys: 1, verifications: 1 })
  await receiveNotification(genuine, { ...options, platformKeys })
  expect(counts).toEqual({ keys: 2, verifications: 2 })
})
