import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { operationExamples, spec } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { expect, test } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { root } from '../workspace.ts'

const guide = readFileSync(join(root, 'docs/guide/calls.md'), 'utf8')
/** The rows of the table with the PHP forms and ours: the code of both cells. */
const rows = [...guide.matchAll(/^\| `(\$instance.+?)` \| `(.+)` \|$/gm)].map(
  ([, php = '', ours = '']) => ({
    php,
    ours,
  }),
)

test('the table has the six PHP forms, each once', () => {
  const route = "'v3/…/mini-program'"
  const steps = [
    '->v3->passwordExemptContract->contracts->qs->preEntrustSign->miniProgram',
    `->chain(${route})`,
    `[${route}]`,
  ]
  const calls = ["->postAsync(['json' => […]])->then(…)->wait()", "->post(['json' => […]])"]
  expect(rows.map(({ php }) => php)).toEqual(
    calls.flatMap((call) => steps.map((step) => `$instance${step}${call}`)),
  )
})

test.each(rows)(
  '$php: our form in the guide sends that request and returns the response',
  async ({ ours }) => {
    const mock = createMock()
    const client = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
    const { json } = operationExamples.qsMiniProgramPreEntrustSign.args
    const run = new Function('client', 'json', `return (async () => ${ours})()`)
    expect(await run(client, json)).toMatchObject({
      pre_entrustweb_id: expect.any(String),
      service_id: json.service_id,
    })
    const { method, path } = spec.operations.qsMiniProgramPreEntrustSign
    expect(mock.requests()).toMatchObject([{ method, path, status: 200, verified: true }])
  },
)

test.each(['README.md', 'README.zh-CN.md'])('%s has the same rows', (file) => {
  const readme = readFileSync(join(root, file), 'utf8')
  for (const { php, ours } of rows) expect(readme).toContain(`| \`${php}\` | \`${ours}\` |`)
})

test('the guide lists every operation with its method and path', () => {
  for (const { id, method, path } of Object.values(spec.operations)) {
    const short = path.replace('/v3/password-exempt-contract/contracts', '')
    expect(guide).toContain(`| \`${id}\` | \`${method} ${short}\` |`)
  }
})
