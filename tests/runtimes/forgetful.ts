// A process that never calls close(): the timer for the next certificates must not keep it alive.
import process from 'node:process'
import { createWeChatPay } from 'wechatpay-entrust'

const wechatpay = createWeChatPay({
  ...JSON.parse(process.argv[2] ?? ''),
  platformCertificates: 'download',
})
const { data } = await wechatpay.getCertificates()
console.log(`${data.data.length} certificates`)
