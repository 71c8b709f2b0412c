import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  sign,
} from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importRsaPrivateKey } from '@wechatpay-entrust/auth/crypto'
import { buildNotification } from '@wechatpay-entrust/notification/platform'

const keys = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../spec/vectors/testing-keys.json'), 'utf8'),
)

export const mchid = '1900009191'
export const serialNumber = '3D7A1F0C5B2E4896A1D0C3F7E59B8264A7C1E0D2'
export const merchantPem: string = keys.merchant.privateKey
export const merchantKey: KeyObject = createPrivateKey(merchantPem)
export const platformPem: string = keys.publicKey.publicKey
export const platformKeyId = 'PUB_KEY_ID_0119000091912026112300000000'
export const platformPrivateKey: KeyObject = createPrivateKey(keys.publicKey.privateKey)
export const platformKey: KeyObject = createPublicKey(platformPem)
export const apiV3Key: string = keys.apiV3Key
export const apiV3Secret: KeyObject = createSecretKey(Buffer.from(apiV3Key))

/** The body of a pre-sign request, about 500 bytes. */
export const requestBody = JSON.stringify({
  service_id: 12535,
  appid: 'wxd678efh567hg6787',
  sub_appid: 'wxd678efh567hg6788',
  sub_mchid: '1230000109',
  out_contract_code: 'wxwtdk20200910100000',
  plan_id: 1234,
  notify_url: 'https://www.weixin.qq.com/wxpay/notify',
  contract_display_account: '微信代扣',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
})
export const requestPath = '/v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program'

/** A signed response with the headers as fetch returns them. */
export const answer = signResponse(
  JSON.stringify({ out_contract_code: 'wxwtdk20200910100000', pre_entrustweb_id: 'p'.repeat(64) }),
)

function signResponse(body: string) {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = 'c5ac7061fccab6bf3e254dcf98995b8c'
  const signature = sign(
    'sha256',
    Buffer.from(`${timestamp}\n${nonce}\n${body}\n`),
    platformPrivateKey,
  ).toString('base64')
  const headers = new Headers({
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': platformKeyId,
    'wechatpay-signature': signature,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  })
  return { body, bytes: Buffer.from(body), headers, timestamp, nonce, signature }
}

/** A contract of about 1 kB, encrypted and signed as WeChat Pay does. */
export const contract = {
  mchid,
  service_id: 12535,
  out_contract_code: 'wxwtdk20200910100000',
  contract_id: '202005281004000001',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  contract_state: 'SIGNED',
  remark: 'x'.repeat(760),
}
export const notification = await buildNotification({
  id: 'EV-2018022511223320873',
  event_type: 'ENTRUST.SIGN',
  summary: '签约成功',
  original_type: 'entrust',
  associated_data: 'entrust',
  resource: contract,
  apiV3Key,
  key: importRsaPrivateKey(keys.publicKey.privateKey),
  serialNumber: platformKeyId,
})
export const notificationHeaders = new Headers(notification.headers)
export const sealed = JSON.parse(Buffer.from(notification.body).toString()).resource as {
  readonly algorithm: string
  readonly ciphertext: string
  readonly nonce: string
  readonly associated_data: string
}
