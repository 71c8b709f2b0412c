/** The files of data: an OpenAPI document in the form that client and mock take. */
import type { Spec } from '@wechatpay-entrust/core'
import { comment } from './source.ts'

const types = '{ operations: Operations; tree: Tree; routes: Routes; events: Events }'

/** What an editor shows at `spec`. */
function specComment({ title, operations }: Spec): string[] {
  const count = Object.keys(operations).length
  return comment([
    `${title}: ${count} ${count === 1 ? 'operation' : 'operations'}.`,
    '',
    'Pass it to the client, `createWeChatPay({ …, spec })`, and to the mock, `createMock({ spec })`.',
  ])
}

const typeImports = [
  "import type { Spec } from 'wechatpay-entrust'",
  "import type { Events, Operations, Routes, Tree } from './types.js'",
  '',
]

/**
 * `index.ts`. The data is a JSON text: the compiler need not check thousands of literals, and
 * JavaScript engines parse JSON faster than code.
 */
export const renderIndexTs = (spec: Spec): string =>
  [
    ...typeImports,
    ...specComment(spec),
    `export const spec: Spec<${types}> = JSON.parse(${jsonText(spec)})`,
    '',
  ].join('\n')

/** `index.js`. */
export const renderIndexJs = (spec: Spec, format: 'module' | 'commonjs'): string =>
  [
    ...specComment(spec),
    `${format === 'module' ? 'export const spec' : 'exports.spec'} = JSON.parse(${jsonText(spec)})`,
    '',
  ].join('\n')

/** `index.d.ts`, beside `index.js`. */
export const renderIndexDts = (spec: Spec): string =>
  [...typeImports, ...specComment(spec), `export declare const spec: Spec<${types}>`, ''].join('\n')

/** JSON in a template literal, one member a line down to each operation, so that a diff is short. */
function jsonText(spec: Spec): string {
  const members = Object.entries(spec).map(([name, value]) => {
    const isMap = ['operations', 'schemas', 'webhooks', 'examples'].includes(name)
    return `  ${JSON.stringify(name)}: ${isMap ? mapText(value as object) : JSON.stringify(value)}`
  })
  const text = `{\n${members.join(',\n')}\n}`
  return `\`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\``
}

function mapText(map: object): string {
  const lines = Object.entries(map).map(
    ([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  )
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`
}
