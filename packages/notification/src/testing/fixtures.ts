import { createCipheriv, randomBytes, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { createPlatformKeys } from '@wechatpay-entrust/auth'
import { receiveNotification } from '../receive/receive.ts'
import type { ReceiveOptions } from '../receive/receive-options.ts'
import type { NotificationRequest } from '../receive/request-forms.ts'
import { acceptedResponse, responseFor } from '../respond/response.ts'

/** TESTING KEYS, published with the sources. */
export const keys = JSON.parse(
  readFileSync(new URL('../../../../spec/vectors/testing-keys.json', import.meta.url), 'utf8'),
) as {
  merchant: { mchid: string; privateKey: string }
  platform: { serialNumber: string; privateKey: string; certificate: string }
  publicKey: { id: string; privateKey: string; publicKey: string }
  other: { privateKey: string }
  apiV3Key: string
}

export const now = Date.parse('2026-11-23T12:00:00+08:00')
export const nowSeconds = now / 1000
export const clock = () => now
export const openid = 'oCANARYOpenid0000000000000001'

export const platformKeys = createPlatformKeys({
  publicKey: { id: keys.publicKey.id, pem: keys.publicKey.publicKey },
  clock,
})
export const options: ReceiveOptions = {
  platformKeys,
  apiV3Key: keys.apiV3Key,
  mchid: keys.merchant.mchid,
  clock,
  onEvent: () => {}, // otherwise each rejection would be a line on the console
}

export const contract = {
  mchid: keys.merchant.mchid,
  contract_id: '123124412412423431',
  service_id: 12535,
  out_contract_code: 'wxwtdk20200910100000',
  openid,
  contract_display_account: '微信代扣用户A',
  contract_state: 'SIGNED',
}

/** The second implementation: seals with node:crypto, after the document and not after our code. */
export function seal(
  plaintext: string | Uint8Array,
  key = keys.apiV3Key,
  nonce = randomBytes(6).toString('hex'),
) {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from('entrust'))
  const ciphertext = Buffer.concat([
    cipher.update(plaintext),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString('base64')
  return {
    original_type: 'entrust',
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext,
    associated_data: 'entrust',
    nonce,
  }
}

export function envelope(resource: unknown = seal(JSON.stringify(contract)), more: object = {}) {
  return {
    id: 'EV-2018022511223320873',
    create_time: '2026-11-23T12:00:00+08:00',
    resource_type: 'encrypt-resource',
    event_type: 'ENTRUST.SIGN',
    summary: '委托代扣签约通知',
    resource,
    ...more,
  }
}

export interface Message {
  headers: Record<string, string>
  body: Uint8Array
}

/** The second implementation: signs with node:crypto. */
export function signed(
  body: unknown = envelope(),
  timestamp = nowSeconds,
  key = keys.publicKey.privateKey,
): Message {
  const bytes =
    body instanceof Uint8Array
      ? body
      : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const nonce = randomBytes(16).toString('hex')
  const text = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), bytes, Buffer.from('\n')])
  return {
    headers: {
      'Content-Type': 'application/json',
      'Request-ID': '08F78BB5AF0610D302-0',
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Serial': keys.publicKey.id,
      'Wechatpay-Signature': sign('RSA-SHA256', text, key).toString('base64'),
      'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
      'Wechatpay-Timestamp': String(timestamp),
    },
    body: bytes,
  }
}

/** What an error shows: name and code, for `toEqual`. */
export interface Rejection {
  name: string
  code: string
}

export const seen: Error[] = []

/**
 * Receives, expects a rejection, and stores the error for the tests that search errors for secrets.
 */
export async function rejectionOf(
  request: unknown,
  overrides: Partial<ReceiveOptions> = {},
): Promise<Rejection> {
  try {
    await receiveNotification(request as NotificationRequest, { ...options, ...overrides })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    seen.push(error)
    return { name: error.name, code: String((error as Error & { code?: string }).code) }
  }
  throw new Error('accepted, but a rejection was expected')
}

/** The whole response of a receiver to one request. */
export async function responseTo(request: unknown, overrides: Partial<ReceiveOptions> = {}) {
  try {
    await receiveNotification(request as NotificationRequest, { ...options, ...overrides })
    return acceptedResponse
  } catch (error) {
    return responseFor(error)
  }
}

/** Everything that a log could print of an error, causes included. */
export function everythingIn(error: unknown): string {
  const own = [
    inspect(error, { depth: null, showHidden: true }),
    JSON.stringify(error),
    String(error),
  ]
  const { stack = '', cause } = error as Error
  return [...own, stack, cause === undefined ? '' : everythingIn(cause)].join('\n')
}

/** Changes one bit. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}
