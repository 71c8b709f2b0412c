import { fileURLToPath } from 'node:url'
import { findMalformed } from '@wechatpay-entrust/core/spec'
import { expect, test } from 'vitest'
import { readDocuments } from './index.ts'
import { documentOf, notesOf, oneOperation, readFiles, withSchema } from './testing/read-files.ts'

const fixture = (name: string) =>
  fileURLToPath(new URL(`testing/documents/${name}`, import.meta.url))
const read = (...names: string[]) => readDocuments(names.map(fixture), { own: { operations: {} } })

test('a document in many files: servers, $refs, examples, webhooks', async () => {
  const made = await read('multi/openapi.yaml')
  expect(made.spec).toMatchSnapshot()
  expect(made.document).toMatchSnapshot()
  expect(notesOf(made)).toEqual([])
})

test('a folder: fragments are noted, not skipped silently', async () => {
  const made = await read('multi')
  expect(made.spec).toEqual((await read('multi/openapi.yaml')).spec)
  expect(made.notes).toMatchObject([
    {
      code: 'reference-target',
      count: 5,
      message: expect.stringContaining('multi/examples/order.json'),
    },
  ])
})

test('Swagger 2.0: body and form parameters, basePath, responses, x-nullable', async () => {
  const made = await read('swagger-2.0.yaml')
  expect(made.spec).toMatchSnapshot()
  expect(made.notes.map(({ code, message }) => `${code} | ${message}`)).toMatchSnapshot()
})

test('OpenAPI 3.0: nullable and exclusive limits become those of 3.1', async () => {
  const made = await read('openapi-3.0.json')
  expect(made.spec).toMatchSnapshot()
  expect(made.document.components.schemas).toMatchSnapshot()
})

test('several documents become one, the same bytes every time and in any order of files', async () => {
  const names = ['multi/openapi.yaml', 'swagger-2.0.yaml', 'openapi-3.0.json']
  const made = await read(...names)
  expect(made.spec.title).toBe('Orders, Old orders, Three')
  expect(Object.keys(made.spec.operations)).toEqual([
    'createOrder',
    'getOrder',
    'getOldOrder',
    'putOldOrder',
    'getOldBill',
    'sendCoupon',
  ])
  expect(Object.keys(made.spec.schemas)).toEqual([
    'Coupon',
    'Currency',
    'Money',
    'Order',
    'Order_swagger-2.0',
    'order_payer',
  ])
  expect(JSON.stringify(await read(...names))).toBe(JSON.stringify(made))
  const a = {
    'a.json': oneOperation(),
    'b.json': documentOf({ '/v3/b': { get: { responses: {} } } }),
  }
  const b = Object.fromEntries(Object.entries(a).toReversed())
  expect(await readFiles(b, {}, ['.'])).toEqual(await readFiles(a, {}, ['.']))
})

test('the data has the form that the client checks', async () => {
  const { spec } = await read('multi/openapi.yaml', 'swagger-2.0.yaml', 'openapi-3.0.json')
  expect(findMalformed(spec)).toBeUndefined()
})

test('our own document is read without a note, and all of it is left to the client', async () => {
  const file = fileURLToPath(new URL('../../../spec/openapi.yaml', import.meta.url))
  const { spec, notes } = await readDocuments([file], { own: { operations: {} } })
  expect(Object.keys(spec.operations)).toHaveLength(13)
  expect(Object.values(spec.webhooks)).toMatchObject([
    { eventTypes: ['ENTRUST.SIGN'] },
    { eventTypes: ['ENTRUST.TERMINATE'] },
    { eventTypes: ['TRANSACTION.SUCCESS'] },
  ])
  expect(notes).toEqual([])
  await expect(readDocuments([file])).resolves.toMatchObject({ spec: { operations: {} } })
})

test('an operation that the client has is left out and noted, whatever its parameters are called', async () => {
  const made = await readFiles(
    {
      'a.json': documentOf({
        '/v3/password-exempt-contract/contracts/service-id/{a}/out-contract-code/{b}': {
          get: { responses: { '200': { description: '' } } },
        },
        '/v3/mine': {
          get: { operationId: 'getCertificates', responses: { '204': { description: '' } } },
        },
      }),
    },
    { own: undefined },
  )
  expect(Object.keys(made.spec.operations)).toEqual(['get_v3_mine'])
  expect(notesOf(made)).toMatchInlineSnapshot(`
    [
      "operation-left-out | a.json #/paths/~1v3~1password-exempt-contract~1contracts~1service-id~1{a}~1out-contract-code~1{b}/get | The client has this operation already; left out: GET /v3/password-exempt-contract/contracts/service-id/{a}/out-contract-code/{b} (getContractByCode)",
      "operation-id | a.json #/paths/~1v3~1mine/get/operationId | The client has another operation with this id; it is made from method and path: getCertificates of GET /v3/mine",
    ]
  `)
})

test('progress is reported line by line', async () => {
  const lines: string[] = []
  await readFiles(
    {
      'a.json': withSchema(
        { $ref: '#/components/schemas/A' },
        { components: { schemas: { A: {} } } },
      ),
    },
    {
      onProgress: (line) => lines.push(line.replace(/\S+\//, '')),
    },
  )
  expect(lines).toEqual(['Documents: a.json', 'Operations: 1', 'Schemas: 1'])
})

test.each([
  [{ onlly: ['x'] }, 'readDocuments: unknown option "onlly". Did you mean only?'],
  [
    { somethingElse: 1 },
    'readDocuments: unknown option "somethingElse". Known options: only, except, own, onProgress.',
  ],
  [{ only: 'v3/**' }, 'readDocuments: only must be a list of patterns, for example ["v3/pay/**"].'],
  [
    { except: [''] },
    'readDocuments: except must be a list of patterns, for example ["v3/pay/**"].',
  ],
])('options %j are rejected', async (options, message) => {
  await expect(readDocuments(['a.yaml'], options as never)).rejects.toThrow(new TypeError(message))
})

test.each([[[]], [['']], ['a.yaml']])('inputs %j are rejected', async (inputs) => {
  await expect(readDocuments(inputs as never)).rejects.toThrow(
    new TypeError('readDocuments: inputs must be a list of at least one file or folder.'),
  )
})
