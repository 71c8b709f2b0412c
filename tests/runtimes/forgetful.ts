// Never calls close(): the timer of the next certificate download must not keep the process alive.
import process from 'node:process'
import { createWeChatPay } from 'wechatpay-entrust'

const wechatpay = createWeChatPay({
  ...JSON.parse(process.argv[2] ?? ''),
  platformCertificates: 'download',
})
const { data } = await wechatpay.getCertificates()
console.log(`${data.data.length} certificates`)
