import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { findStaleDocuments } from '../scripts/spec/derived-documents.ts'
import { isObject, type Json } from '../scripts/spec/json.ts'
import { readExample, spec } from './reading.ts'

const files = ['openapi.json', 'openapi-3.0.json'] as const
const read = (file: string): Json =>
  JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
const documents = files.map((file) => ({ file, document: read(file) }))

/** Every object of a document, except those of examples. */
function* objectsIn(value: unknown, path = ''): Generator<{ path: string; object: Json }> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* objectsIn(item, `${path}/${index}`)
  } else if (isObject(value)) {
    yield { path, object: value }
    for (const [name, member] of Object.entries(value)) {
      const isExample = name === 'example' || (name === 'value' && 'summary' in value)
      if (!isExample) yield* objectsIn(member, `${path}/${name}`)
    }
  }
}
const pathsWhere = (document: unknown, holds: (object: Json) => boolean) =>
  [...objectsIn(document)].filter(({ object }) => holds(object)).map(({ path }) => path)

const operationsOf = (paths: unknown) =>
  Object.values(paths as Readonly<Record<string, Json>>).flatMap(
    (item) => Object.values(item) as Json[],
  )
const schemasOf = (document: Json) =>
  (document.components as Json).schemas as Readonly<Record<string, Json>>

test('the documents are what generate makes of openapi.yaml', () => {
  expect(findStaleDocuments().map(({ file }) => file)).toEqual([])
})

test.each(documents)('$file has no alias, and no file beside it', ({ document }) => {
  expect(pathsWhere(document, ({ externalValue }) => externalValue !== undefined)).toEqual([])
  const external = ({ $ref }: Json) => typeof $ref === 'string' && !$ref.startsWith('#/')
  expect(pathsWhere(document, external)).toEqual([])
})

test.each(documents)('$file has the examples of the source', ({ document }) => {
  const values = [...objectsIn(document.paths)].flatMap(({ object }) =>
    'summary' in object && 'value' in object ? [object.value] : [],
  )
  expect(values).toContainEqual(
    readExample('examples/qs-mini-program-pre-entrust-sign.openid-only.request.json'),
  )
  expect(values.length).toBeGreaterThanOrEqual(21)
})

test.each(documents)('$file: every integer has 64 bits', ({ document }) => {
  const integers = pathsWhere(document, ({ type }) => type === 'integer')
  const int64 = pathsWhere(document, ({ format }) => format === 'int64')
  expect(integers.length).toBeGreaterThan(10)
  expect(int64).toEqual(integers)
})

test.each(documents)('$file: no header is a parameter of an operation', ({ document }) => {
  const components = (document.components as Json).parameters as Readonly<Record<string, Json>>
  for (const { parameters = [], operationId } of operationsOf(document.paths)) {
    for (const parameter of parameters as Json[]) {
      const name = String(parameter.$ref).replace('#/components/parameters/', '')
      expect((components[name] ?? parameter).in, String(operationId)).toMatch(/^(path|query)$/)
    }
  }
})

test.each(documents)('$file has no security scheme, and describes how to sign', ({ document }) => {
  expect(document.security).toEqual([])
  expect(Object.keys(document.components as Json)).not.toContain('securitySchemes')
  const { description } = document.info as Json
  expect(description).toContain('`Authorization: WECHATPAY2-SHA256-RSA2048 mchid=')
})

test.each(documents)('$file: every schema is one object with its fields', ({ document }) => {
  const combined = ({ allOf, anyOf, oneOf }: Json) => (allOf ?? anyOf ?? oneOf) !== undefined
  expect(pathsWhere(document, combined)).toEqual([])
  for (const [name, schema] of Object.entries(schemasOf(document)))
    expect(schema, name).toMatchObject({ type: 'object', properties: expect.any(Object) })
})

test.each(documents)(
  '$file: openid and sub_openid are optional, and say the rule',
  ({ document }) => {
    for (const scene of ['MiniProgram', 'PayRedirectSign']) {
      const schema = schemasOf(document)[`Qs${scene}PreSignRequest`]
      expect(schema?.required).not.toContain('openid')
      expect(schema?.required).not.toContain('sub_openid')
      const properties = schema?.properties as Readonly<Record<string, Json>>
      expect(properties.openid?.description).toContain('Give this, `sub_openid` or both.')
      expect(properties.sub_openid?.description).toContain('Give this, `openid` or both.')
    }
  },
)

// What generators make of an operationId: types, functions, and their parameters.
const suffixes = [
  ...['', 'Request', 'RequestBody', 'Body', 'JSONBody', 'JSONRequestBody', 'Params', 'Parameters'],
  ...['Response', 'Responses', 'ResponseBody', 'Data', 'Error', 'Errors', 'Result', 'Args', 'Api'],
  ...['Options', 'Headers', 'Path', 'Query', 'Input', 'Output', 'Default', '200', '400'],
]
test.each(documents)(
  '$file: no schema is named like what generators make of an operationId',
  ({ document }) => {
    const names = new Set(Object.keys(schemasOf(document)).map((name) => name.toLowerCase()))
    const operations = [...operationsOf(document.paths), ...operationsOf(document.webhooks ?? {})]
    const made = operations.flatMap(({ operationId }) =>
      suffixes.map((suffix) => `${operationId}${suffix}`),
    )
    expect(made.filter((name) => names.has(name.toLowerCase()))).toEqual([])
  },
)

test.each(documents)(
  '$file: what WeChat Pay sends is open, what it gets is not',
  ({ document }) => {
    const open = Object.entries(schemasOf(document))
      .filter(([, schema]) => schema.additionalProperties === true)
      .map(([name]) => name)
    expect(open).toEqual(
      expect.arrayContaining([
        'MiniProgramPreSignResponse',
        'Contract',
        'ContractTerminateInfo',
        'SealedCertificate',
        'ApiErrorBody',
        'ContractSignedResource',
        'NotificationEnvelope',
        'SealedResource',
      ]),
    )
    const closed = Object.keys(schemasOf(document)).filter((name) => !open.includes(name))
    expect(closed.filter((name) => !sentBy(document).has(name))).toEqual(['NotificationFailure'])
  },
)

/** The schemas of request bodies, and all that they refer to. */
function sentBy(document: Json): ReadonlySet<string> {
  const namesIn = (value: unknown) =>
    [...JSON.stringify(value).matchAll(/schemas\/(\w+)"/g)].map(([, name = '']) => name)
  const names = new Set(
    Object.values(document.paths as Json).flatMap((item) =>
      Object.values(item as Json).flatMap((operation) =>
        namesIn((operation as Json).requestBody ?? {}),
      ),
    ),
  )
  // A Set visits the names that are added during the loop too.
  for (const name of names) for (const used of namesIn(schemasOf(document)[name])) names.add(used)
  return names
}

test.each(documents)('$file: every pattern is one that Go compiles too', ({ document }) => {
  const patterns = [...objectsIn(document)].flatMap(({ object }) =>
    typeof object.pattern === 'string' ? [object.pattern] : [],
  )
  expect(patterns.filter((pattern) => /\\[uc]|\(\?/.test(pattern))).toEqual([])
  expect(patterns).toContain('^[0-9A-Za-z]+$')
  const notifyUrl = schemasOf(document).NormalMiniProgramPreSignRequest?.properties as Json
  expect(notifyUrl.notify_url).toMatchObject({
    description: expect.stringContaining('Rule: an https address without query'),
  })
})

test.each(documents)(
  '$file: no field is an enum, because all lists of WeChat Pay are open',
  ({ document }) => {
    const enums = pathsWhere(document, (object) => Array.isArray(object.enum))
    expect(enums.filter((path) => path.startsWith('/components/'))).toEqual([])
  },
)

test.each(documents)('$file keeps the extensions', ({ document }) => {
  expect(document['x-error-codes']).toHaveLength(8)
  for (const operation of operationsOf(document.paths))
    expect(operation['x-retry'], String(operation.operationId)).toMatch(/^(un)?safe$/)
})

test('openapi.json has the webhooks, with their headers', () => {
  const [webhook] = operationsOf(read('openapi.json').webhooks)
  expect(webhook?.['x-event-types']).toEqual(['ENTRUST.SIGN'])
  expect(webhook?.parameters).toHaveLength(6)
})

test('openapi-3.0.json has only what OpenAPI 3.0 knows', () => {
  const document = read('openapi-3.0.json')
  expect(document.openapi).toBe('3.0.3')
  expect(Object.keys(document.info as Json)).toEqual(['title', 'version', 'description', 'license'])
  expect(document.webhooks).toBeUndefined()
  expect(pathsWhere(document, ({ type }) => Array.isArray(type))).toEqual([])
  const schemas = document.components as Json
  expect(pathsWhere(schemas.schemas, (object) => Array.isArray(object.examples))).toEqual([])
  expect(Object.keys(schemasOf(document))).toEqual(Object.keys(schemasOf(read('openapi.json'))))
})

const ajv = new Ajv({ strict: false, validateFormats: false })
test.each(documents)('$file: its schemas accept the examples of the source', ({ document }) => {
  ajv.addSchema({ $id: `${document.openapi}`, components: document.components })
  const bodies = [...objectsIn(document.paths)].flatMap(({ path, object }) => {
    const { schema, examples } = object as { schema?: Json; examples?: Record<string, Json> }
    return schema?.$ref === undefined || examples === undefined
      ? []
      : Object.values(examples).map(({ value }) => ({ path, $ref: String(schema.$ref), value }))
  })
  expect(bodies.length).toBeGreaterThanOrEqual(21)
  for (const { path, $ref, value } of bodies) {
    const validate = ajv.getSchema(`${document.openapi}${$ref}`)
    expect(validate?.(value), `${path} ${JSON.stringify(validate?.errors)}`).toBe(true)
  }
})

test('the derived documents have all operations of the source', () => {
  for (const { document } of documents)
    expect(Object.keys(document.paths as Json)).toEqual(Object.keys(spec.paths))
})
