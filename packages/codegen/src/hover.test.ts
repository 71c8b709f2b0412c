import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generate } from './generate.ts'
import { writeFiles } from './output/write-files.ts'
import { consumerFolder, orders, writeProject } from './testing/consumer.ts'
import { startNativeServer, startTsserver } from './testing/language-server.ts'

const servers = [
  ['tsserver of TypeScript 5.9', startTsserver],
  ['the language server of TypeScript 7', startNativeServer],
] as const

const preSign = 'v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program'
const source = `import { createWeChatPay } from 'wechatpay-entrust'
import { spec } from './orders/index.js'

declare const options: Parameters<typeof createWeChatPay>[0]
const wechatpay = createWeChatPay({ ...options, spec })
wechatpay.v3.pay.transactions.jsapi.post
wechatpay.v3.pay.transactions.jsapi.postAsync
wechatpay.chain('v3/pay/transactions/jsapi').post
wechatpay['v3/pay/transactions/jsapi'].post
wechatpay.operations.createOrder
wechatpay.v3.passwordExemptContract.contracts.qs.preEntrustSign.miniProgram.post
wechatpay.v3.passwordExemptContract.contracts.qs.preEntrustSign.miniProgram.postAsync
wechatpay.chain('${preSign}').post
wechatpay['${preSign}'].post
wechatpay.v3.pay.
`

/** Each line that ends with a name, and what its hover text must show. */
const ours = [
  '清算机构模式小程序场景预签约',
  `POST /${preSign}`,
  '`appid` string, required, 1 to 32 characters',
  '`out_contract_code`',
  'PARAM_ERROR',
  'https://pay.weixin.qq.com/doc/v3/partner/4012471282',
]
const theirs = [
  'JSAPI下单',
  'POST /v3/pay/transactions/jsapi',
  '`appid` string, required, 1 to 32 characters: 公众账号ID',
  '`amount.total` integer, required, at least 1: 总金额，单位为分',
  'ORDER_CLOSED',
  'https://pay.weixin.qq.com/doc/v3/merchant/4012791856',
]

test.each(servers)('%s shows the documentation of a call in every style', async (_, start) => {
  const folder = consumerFolder()
  const { files } = await generate([orders])
  await writeFiles(join(folder, 'orders'), files)
  writeProject(folder, { 'use.ts': source })
  const server = await start(join(folder, 'use.ts'), source)
  try {
    const lines = source.split('\n').filter((line) => /^wechatpay.*\w$/.test(line))
    expect(lines).toHaveLength(9)
    for (const line of lines) {
      const shown = await server.hover(source.indexOf(`${line}\n`) + line.length - 1)
      const expected = line.includes('pay.transactions') || /v3.pay|createOrder/.test(line)
      for (const text of expected ? theirs : ours)
        expect(shown.replaceAll('\\', ''), line).toContain(text.replaceAll('\\', ''))
    }
    const at = source.indexOf('wechatpay.v3.pay.\n') + 'wechatpay.v3.pay.'.length
    expect((await server.complete(at)).toSorted()).toEqual(['partner', 'transactions'])
  } finally {
    server.close()
  }
})
