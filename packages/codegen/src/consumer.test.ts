import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generate } from './generate.ts'
import { writeFiles } from './output/write-files.ts'
import { compilers, consumerFolder, orders, runNode, writeProject } from './testing/consumer.ts'

/** Calls the operations of the document in every style; `wrong` is a line that must not compile. */
const use = (specFrom: string, wrong = '') => `import { createMock } from '@wechatpay-entrust/mock'
import { createWeChatPay } from 'wechatpay-entrust'
import { spec } from '${specFrom}'

const mock = createMock({ spec })
const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch, spec })
const json = { appid: 'wxd678efh567hg6787', out_trade_no: 'order0001', amount: { total: 100 } }
const { data } = await wechatpay.v3.pay.transactions.jsapi.post({ json })
const path = { out_trade_no: json.out_trade_no }
const query = { mchid: mock.merchant.mchid }
const found = await wechatpay
  .chain('v3/pay/transactions/out-trade-no/{out_trade_no}')
  .getAsync({ path, query })
const closed = await wechatpay.operations['close-order']({ path, json: query })
const byText = await wechatpay['v3/pay/transactions/jsapi'].postAsync({ json })
const deleted = await wechatpay.v3['odd.path']['_2nd-id_'].delete.delete({ path: { '2nd-id': 'x' } })
await wechatpay.operations.删除({ path: { '2nd-id': 'y' } })
console.log(
  data.prepay_id.slice(0, 2),
  found.data.trade_state,
  closed.data,
  byText.data.prepay_id.length > 0,
  deleted.response.status,
  wechatpay.getContractByCode.length,
)
${wrong}
wechatpay.close()
`
const printed = /^wx SUCCESS undefined true 204 \d\n$/

const wrongLines = [
  'await wechatpay.v3.pay.transactions.jsapi.post({ json: { appid: 1 } })',
  "await wechatpay.chain('v3/pay/transactions/jsap').post({ json })",
  'data.prepay_idd',
  "await wechatpay.operations['close-orders']({ path })",
]

test('index.ts compiles with both compilers, rejects wrong calls, and runs by type stripping', async () => {
  const folder = consumerFolder()
  const { files } = await generate([orders])
  await writeFiles(join(folder, 'orders'), files)
  const wrongFiles = wrongLines.map((line, at) => [`wrong${at}.ts`, use('./orders/index.ts', line)])
  writeProject(folder, {
    'use.ts': use('./orders/index.ts'),
    ...Object.fromEntries(wrongFiles),
  })
  for (const { name, tsc } of compilers) {
    const { output } = runNode(folder, [tsc, '-p', '.', '--pretty', 'false'])
    const lines = output.split('\n').filter((line) => /^\S+\(\d/.test(line))
    const found = new Set(lines.map((line) => line.slice(0, line.indexOf('('))))
    expect([...found], `${name}\n${output}`).toEqual(wrongFiles.map(([file]) => file))
  }
  expect(runNode(folder, ['use.ts']).output).toMatch(printed)
})

test('index.js serves JavaScript, with types where checkJs is set', async () => {
  const folder = consumerFolder()
  const { files } = await generate([orders], { js: 'module' })
  await writeFiles(join(folder, 'orders'), files)
  writeProject(
    folder,
    {
      'use.js': use('./orders/index.js'),
      'wrong.js': use('./orders/index.js', wrongLines[0]),
    },
    { allowJs: true, checkJs: true },
  )
  for (const { name, tsc } of compilers) {
    const { output } = runNode(folder, [tsc, '-p', '.', '--pretty', 'false'])
    expect(output, name).toMatch(/^wrong\.js\(\d+,\d+\): error TS\d+/)
    expect(output, name).not.toMatch(/^use\.js/m)
  }
  expect(runNode(folder, ['use.js']).output).toMatch(printed)
})

test('in a commonjs package the command writes an index.js for require and import', async () => {
  const folder = consumerFolder()
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'commonjs' }))
  const bin = join(import.meta.dirname, '../bin/codegen.mjs')
  expect(runNode(folder, [bin, orders, '--out', 'orders', '--js']).code).toBe(0)
  writeFileSync(
    join(folder, 'use.cjs'),
    "console.log(Object.keys(require('./orders/index.js').spec.operations).length)\n",
  )
  writeFileSync(
    join(folder, 'use.mjs'),
    "import { spec } from './orders/index.js'\nconsole.log(Object.keys(spec.operations).length)\n",
  )
  for (const file of ['use.cjs', 'use.mjs'])
    expect(runNode(folder, [file])).toEqual({ code: 0, output: '4\n' })
})

test('the types have no error of their own, without skipLibCheck', async () => {
  const folder = consumerFolder()
  const { files } = await generate([orders])
  await writeFiles(join(folder, 'orders'), files)
  writeProject(
    folder,
    { 'use.ts': "export { spec } from './orders/index.ts'\n" },
    { skipLibCheck: false },
  )
  for (const { name, tsc } of compilers)
    expect(runNode(folder, [tsc, '-p', '.']).output, name).toBe('')
})
