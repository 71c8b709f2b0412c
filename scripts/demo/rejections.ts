import { generateKeyPairSync } from 'node:crypto'
import { importRsaPrivateKey } from '@wechatpay-entrust/auth/crypto'
import type { MockServer } from '@wechatpay-entrust/mock/node'
import { buildNotification } from '@wechatpay-entrust/notification/platform'
import {
  createWeChatPay,
  type QsMiniProgramPreEntrustSignRequest,
  type WeChatPayOptions,
} from 'wechatpay-entrust'
import type { Receiver } from './receiver.ts'
import { startTamperingProxy } from './tampering-proxy.ts'

/** The error of a rejected message. A type, not an interface, because it is used as a record. */
export type Rejection = {
  readonly case: 'tampered-answer' | 'forged-notification' | 'wrong-key'
  readonly errorName: string
  readonly code: string
  readonly message: string
}

export interface RejectionContext {
  readonly server: MockServer
  readonly receiver: Receiver
  readonly options: WeChatPayOptions
  readonly body: QsMiniProgramPreEntrustSignRequest
}

/** A private key that WeChat Pay does not know. */
const unknownKey = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string

/** The response is changed on its way, so WeChat Pay's signature no longer matches. */
export async function tamperedResponse({
  server,
  options,
  body,
}: RejectionContext): Promise<Rejection> {
  const proxy = await startTamperingProxy(server.baseUrl)
  try {
    const wechatpay = createWeChatPay({ ...options, baseUrl: proxy.baseUrl })
    return await rejectionOf(
      'tampered-answer',
      wechatpay.qsMiniProgramPreEntrustSign({ json: body }),
    )
  } finally {
    proxy.close()
  }
}

/**
 * An attacker who even knows the APIv3 key posts a notification. Only the signature is not from
 * WeChat Pay.
 */
export async function forgedNotification({
  server,
  receiver,
}: RejectionContext): Promise<Rejection & { status: number }> {
  const { headers, body } = await buildNotification({
    id: 'EV-2026112300000000001',
    create_time: new Date().toISOString(),
    event_type: 'ENTRUST.SIGN',
    summary: '签约成功',
    original_type: 'entrust',
    associated_data: 'entrust',
    resource: { mchid: server.mchid, out_contract_code: 'forged', contract_state: 'SIGNED' },
    apiV3Key: server.apiV3Key,
    key: importRsaPrivateKey(unknownKey()),
    serialNumber: server.publicKeyId,
  })
  const response = await fetch(receiver.notifyUrl, {
    method: 'POST',
    headers,
    body: Buffer.from(body),
  })
  const { error, event } = await receiver.next()
  const rejection = await rejectionOf(
    'forged-notification',
    error ? Promise.reject(error) : Promise.resolve(event),
  )
  if (response.status !== 401)
    throw new Error(`the forged notification got status ${response.status}, expected 401`)
  return { ...rejection, status: response.status }
}

/** The request is signed with a key that does not belong to the serial number. */
export async function wrongKey({ options, body }: RejectionContext): Promise<Rejection> {
  const wechatpay = createWeChatPay({ ...options, privateKey: unknownKey() })
  return rejectionOf('wrong-key', wechatpay.qsMiniProgramPreEntrustSign({ json: body }))
}

async function rejectionOf(name: Rejection['case'], attempt: Promise<unknown>): Promise<Rejection> {
  const error = await attempt.then(
    () => undefined,
    (reason: Error & { code?: string }) => reason,
  )
  if (!error) throw new Error(`${name} was accepted`)
  return { case: name, errorName: error.name, code: String(error.code), message: error.message }
}
