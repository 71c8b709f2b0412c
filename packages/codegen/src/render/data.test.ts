import { runInNewContext } from 'node:vm'
import type { Spec } from '@wechatpay-entrust/core'
import { expect, test } from 'vitest'
import { renderIndexJs } from './data.ts'

const placeholder = ['$', '{evil()}'].join('')
const text = `\`); evil() //  ${placeholder} \\${placeholder} */ evil() \\ \\u0060 \u2028 "\n'`
const spec: Spec = {
  specVersion: 1,
  title: text,
  operations: {
    [text]: { id: text, method: 'GET', path: '/v3/a', retry: 'safe', status: 200, summary: text },
  },
  schemas: { [text]: { type: 'string', pattern: text, example: text } },
  webhooks: {},
}

test('T-44 the data is the same again, and no text of a document runs as code', () => {
  const source = renderIndexJs(spec, 'module').replace('export const spec =', 'globalThis.spec =')
  const ran: string[] = []
  const context = { JSON, spec: undefined as unknown, evil: () => ran.push('evil') }
  runInNewContext(source, context)
  expect(context.spec).toEqual(spec)
  expect(ran).toEqual([])
})

test('each operation and each schema has a line of its own', () => {
  const plain = { ...spec, title: 'a', operations: {}, schemas: { A: {}, B: { type: 'string' } } }
  expect(renderIndexJs(plain, 'commonjs')).toContain(
    `  "schemas": {\n    "A": {},\n    "B": {"type":"string"}\n  },\n  "webhooks": {}\n}\`)`,
  )
})
