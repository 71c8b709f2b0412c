import { expect, test } from 'vitest'
import {
  documentOf,
  notesOf,
  notesWith,
  ok,
  oneOperation,
  readFiles,
} from '../testing/read-files.ts'

test('two paths that differ only in the names of parameters are both kept', async () => {
  const { made, notes } = await notesWith(
    documentOf({ '/v3/a/{id}': { get: { ...ok, operationId: 'a' } } }),
    documentOf({ '/v3/a/{name}': { get: { ...ok, operationId: 'b' } } }),
  )
  expect(Object.keys(made.spec.operations)).toEqual(['a', 'b'])
  expect(notes).toMatchInlineSnapshot(`
    [
      "parameter | a.json #/paths/~1v3~1a~1{id}/get | A path parameter is not declared; it is a text: {id} of GET /v3/a/{id}, {name} of GET /v3/a/{name}",
      "path-pair | b.json #/paths/~1v3~1a~1{name}/get | Two paths differ only in the names of parameters; both are kept, and the mock plays the first that fits: GET /v3/a/{name} and /v3/a/{id}",
      "example | a.json #/paths/~1v3~1a~1{id}/get | No complete example of the arguments; a mock makes them from the schemas: GET /v3/a/{id}, GET /v3/a/{name}",
    ]
  `)
})

test('only and except choose operations; what is not chosen is not even checked', async () => {
  const broken = {
    post: {
      requestBody: { content: { 'text/xml': {} } },
      responses: { 200: { $ref: '#/nothing' } },
    },
  }
  const document = documentOf(
    {
      '/v3/pay/orders': { get: { ...ok, operationId: 'orders' } },
      '/v3/pay/orders/{id}': { get: { ...ok, operationId: 'order' } },
      '/v3/refunds': broken,
    },
    { components: { schemas: { Unused: { type: 'nonsense' } } } },
  )
  const made = await readFiles(
    { 'a.json': document },
    { only: ['v3/pay/**'], except: ['/v3/pay/orders'] },
  )
  expect(Object.keys(made.spec.operations)).toEqual(['order'])
  expect(made.document.components.schemas).toEqual({})
  const other = await readFiles({ 'a.json': document }, { except: ['v3/refunds'] })
  expect(Object.keys(other.spec.operations)).toEqual(['orders', 'order'])
})

test('what is not chosen is not even read', async () => {
  const schemas = { A: { $ref: 'broken.yaml' }, B: { $ref: 'missing.yaml' } }
  const files = { 'a.json': { ...oneOperation(), components: { schemas } }, 'broken.yaml': '[' }
  const made = await readFiles(files, { only: ['v3/orders'] }, ['a.json'])
  expect(notesOf(made)).toEqual([])
})
