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

/** What was refused, and in which words. A type, not an interface: it is shown as a record. */
export type Rejection = {
  readonly case: 'tampered-answer' | 'forged-notification' | 'wrong-key'
  readonly errorName: string
  readonly code: string
  readonly message: string
}

export interface RejectionScene {
  readonly server: MockServer
  readonly receiver: Receiver
  readonly options: WeChatPayOptions
  readonly body: QsMiniProgramPreEntrustSignRequest
}

/** A key that WeChat Pay has never seen. */
const strangersKey = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string

/** An answer changed on its way: WeChat Pay's signature no longer fits. */
export async function tamperedResponse({
  server,
  options,
  body,
}: RejectionScene): Promise<Rejection> {
  const proxy = await startTamperingProxy(server.baseUrl)
  try {
    const wechatpay = createWeChatPay({ ...options, baseUrl: proxy.baseUrl })
    return await refused('tampered-answer', wechatpay.qsMiniProgramPreEntrustSign({ json: body }))
  } finally {
    proxy.close()
  }
}

/**
 * A notification that a stranger posts to the receiver, who even knows the APIv3 key; only the
 * signature is not WeChat Pay's.
 */
export async function forgedNotification({
  server,
  receiver,
}: RejectionScene): Promise<Rejection & { status: number }> {
  const { headers, body } = await buildNotification({
    id: 'EV-2026112300000000001',
    create_time: new Date().toISOString(),
    event_type: 'ENTRUST.SIGN',
    summary: '签约成功',
    original_type: 'entrust',
    associated_data: 'entrust',
    resource: { mchid: server.mchid, out_contract_code: 'forged', contract_state: 'SIGNED' },
    apiV3Key: server.apiV3Key,
    key: importRsaPrivateKey(strangersKey()),
    serialNumber: server.publicKeyId,
  })
  const answer = await fetch(receiver.notifyUrl, {
    method: 'POST',
    headers,
    body: Buffer.from(body),
  })
  const { error, event } = await receiver.next()
  const refusal = await refused(
    'forged-notification',
    error ? Promise.reject(error) : Promise.resolve(event),
  )
  if (answer.status !== 401)
    throw new Error(`the forged notification was answered ${answer.status}, not 401`)
  return { ...refusal, status: answer.status }
}

/** A request signed with a key that is not the one of the serial number: WeChat Pay refuses it. */
export async function wrongKey({ options, body }: RejectionScene): Promise<Rejection> {
  const wechatpay = createWeChatPay({ ...options, privateKey: strangersKey() })
  return refused('wrong-key', wechatpay.qsMiniProgramPreEntrustSign({ json: body }))
}

async function refused(name: Rejection['case'], attempt: Promise<unknown>): Promise<Rejection> {
  const error = await attempt.then(
    () => undefined,
    (reason: Error & { code?: string }) => reason,
  )
  if (!error) throw new Error(`${name} was accepted`)
  return { case: name, errorName: error.name, code: String(error.code), message: error.message }
}
