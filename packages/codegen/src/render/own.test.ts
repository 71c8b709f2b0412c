import type { Spec, SpecOperation } from '@wechatpay-entrust/core'
import { expect, test } from 'vitest'
import { renderOwnFiles } from './own.ts'

const row = { status: 400, code: 'A', zh: '一', remedyZh: '二', remedyEn: 'three' }
const operation = (id: string, more: Partial<SpecOperation>): SpecOperation => ({
  id,
  method: 'GET',
  path: `/v3/${id}`,
  retry: 'safe',
  status: 200,
  ...more,
})
const specOf = (...operations: SpecOperation[]): Spec => ({
  specVersion: 1,
  title: 'ours',
  operations: Object.fromEntries(operations.map((one) => [one.id, one])),
  schemas: {},
  webhooks: {},
  examples: { a: { data: { x: 1 } } },
})
const document = { openapi: '3.1.0', info: { title: 'ours', version: '1' }, paths: {} }

test('an error row is there once, and the operations refer to it', async () => {
  const spec = specOf(operation('a', { errors: [row] }), operation('b', { errors: [row] }))
  const { 'spec.ts': source } = await renderOwnFiles(document, spec)
  expect(source.match(/"remedyEn":"three"/g)).toHaveLength(1)
  expect(source.match(/errors: \[errors\.A\]/g)).toHaveLength(2)
})

test('two different rows of one code are an error, because one of them would be lost', async () => {
  const other = { ...row, status: 404 }
  const spec = specOf(operation('a', { errors: [row] }), operation('b', { errors: [other] }))
  await expect(renderOwnFiles(document, spec)).rejects.toThrow(
    'x-errors: found two different rows for A; expected one',
  )
})

test('the data has no examples, but a property may have that name; the examples are a file', async () => {
  const properties = { example: { type: 'string', example: 'gone' } }
  const spec = specOf(operation('a', { response: { type: 'object', properties } }))
  const files = await renderOwnFiles(document, spec)
  expect(files['spec.ts']).toContain('"properties":{"example":{"type":"string"}}')
  expect(files['examples.ts']).toContain('{"a":{"args":{},"data":{"x":1}}}')
})
