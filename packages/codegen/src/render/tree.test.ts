import type { SpecOperation } from '@wechatpay-entrust/core'
import { expect, test } from 'vitest'
import { renderTree } from './tree.ts'

const operation = (method: SpecOperation['method'], path: string) => ({
  id: `${method} ${path}`,
  method,
  path,
  retry: 'safe' as const,
  status: 200,
  documentation: [`${method} ${path}`],
})

/** Without comments, and on one line. */
const treeOf = (...operations: ReturnType<typeof operation>[]) =>
  renderTree(operations)
    .replace(/\/\*\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')

test('a path that ends where another goes on has methods and steps', () => {
  expect(treeOf(operation('GET', '/v3/a'), operation('POST', '/v3/a/b-c/{d_e}'))).toContain(
    "v3: { readonly a: { readonly get: OperationCall<operations['GET /v3/a']> readonly getAsync: OperationCall<operations['GET /v3/a']> readonly bC: { readonly _d_e_: { readonly post: ",
  )
})

test('a segment with the name of a method is a step below the method', () => {
  const tree = treeOf(operation('DELETE', '/v3/a'), operation('POST', '/v3/a/delete'))
  expect(tree).toContain(
    "readonly delete: OperationCall<operations['DELETE /v3/a']> & { readonly post: OperationCall<operations['POST /v3/a/delete']>",
  )
  expect(tree).toContain("readonly deleteAsync: OperationCall<operations['DELETE /v3/a']> }")
  expect(tree).toContain("readonly 'v3/a/delete': Tree['v3']['a']['delete']")
})

test('two paths with the same properties: the first one counts there, and by text each has its own', () => {
  const tree = treeOf(operation('GET', '/v3/a-b'), operation('GET', '/v3/aB'))
  expect(tree).toContain(
    "readonly v3: { readonly aB: { readonly get: OperationCall<operations['GET /v3/a-b']> readonly getAsync: OperationCall<operations['GET /v3/a-b']> } }",
  )
  expect(tree).toContain(
    "readonly 'v3/a-b': { readonly get: OperationCall<operations['GET /v3/a-b']>",
  )
  expect(tree).toContain(
    "readonly 'v3/aB': { readonly get: OperationCall<operations['GET /v3/aB']>",
  )
})

test('segments that are no identifiers are quoted', () => {
  expect(treeOf(operation('GET', "/v3/it's/1.0/{x-y}"))).toContain(
    `readonly 'it\\'s': { readonly '1.0': { readonly '_x-y_': {`,
  )
})
