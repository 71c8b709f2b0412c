import { expect, test } from 'vitest'
import { createClient } from '../call/client.ts'
import { rejection, responding, verified } from '../testing/handler.ts'
import { orders } from '../testing/orders.ts'
import { createRegistry } from './registry.ts'
import type { Spec, SpecOperation } from './spec.ts'
import { findSpecFault } from './spec-fault.ts'
import { findMalformed } from './spec-shape.ts'

const { getOrder } = orders.operations as { getOrder: SpecOperation }
const withOperation = (more: object) =>
  ({ ...orders, operations: { getOrder: { ...getOrder, ...more } } }) as Spec
const faultOf = (spec: unknown) => {
  const { code, slot } = findSpecFault(spec) ?? {}
  return code === undefined ? undefined : `${code} ${slot}`
}

test.each<[string, unknown]>([
  ['an OpenAPI document', { openapi: '3.1.0', paths: {} }],
  ['a Swagger document', { swagger: '2.0' }],
  ['a part of a document', { paths: {} }],
  ['the path of a document', './openapi.yaml'],
])('%s as spec: a text with the command of codegen', (_, spec) => {
  const fault = findSpecFault(spec)
  expect(fault).toMatchObject({ code: 'openapi-document', slot: 'spec' })
  for (const text of Object.values(fault?.remedy ?? {}))
    expect(text).toContain('npx @wechatpay-entrust/codegen openapi.yaml --out wechatpay')
  expect(() => createClient({ fetch, spec: spec as Spec })).toThrow(
    expect.objectContaining({ name: 'TypeError', remedy: fault?.remedy }),
  )
})

test('a spec of another version: generate again', () => {
  expect(findSpecFault({ ...orders, specVersion: 2 })).toMatchObject({
    code: 'unsupported-spec-version',
    found: 'specVersion 2',
    remedy: { en: expect.stringContaining('generate again'), zh: expect.stringMatching(/。$/) },
  })
})

test.each<[unknown, string]>([
  [null, 'spec'],
  [5, 'spec'],
  [{}, 'spec'],
  [[orders, undefined], 'spec[1]'],
  [{ ...orders, specVersion: '1' }, 'spec.specVersion'],
  [{ ...orders, operations: [] }, 'spec.operations'],
  [{ ...orders, schemas: undefined }, 'spec.schemas'],
  [{ ...orders, webhooks: 'none' }, 'spec.webhooks'],
  [{ ...orders, webhooks: { a: { eventTypes: [5] } } }, 'spec.webhooks.a.eventTypes'],
  [{ ...orders, operations: { a: null } }, 'spec.operations.a.id'],
  [{ ...orders, operations: { a: getOrder } }, 'spec.operations.a.id'],
  [
    { ...orders, operations: Object.fromEntries([['then', { ...getOrder, id: 'then' }]]) },
    'spec.operations.then.id',
  ],
  [withOperation({ method: 'TRACE' }), 'spec.operations.getOrder.method'],
  ...[5, 'v3/x', '/v2/x', '/v3/../x', '/v3/x?a=1', '/v3/a b', '/v3/{x', '/v3/{}', '/v3/单'].map(
    (path): [unknown, string] => [withOperation({ path }), 'spec.operations.getOrder.path'],
  ),
])('malformed-spec %#: names the place', (spec, slot) => {
  expect(faultOf(spec)).toBe(`malformed-spec ${slot}`)
})

test('the same id, and the same method and path, in two specs or beside ours', () => {
  expect(faultOf([orders, orders])).toBe('duplicate-operation spec[1].operations.createOrder')
  const other = {
    ...orders,
    operations: { other: { ...getOrder, id: 'other' } },
  }
  expect(findSpecFault([orders, other])).toMatchObject({
    slot: 'spec[1].operations.other',
    found: 'GET /v3/orders/{out_trade_no}, which is also spec[0].operations.getOrder',
  })
  const clash = {
    ...orders,
    operations: { getCertificates: { ...getOrder, id: 'getCertificates' } },
  }
  expect(findSpecFault(clash)).toMatchObject({
    code: 'duplicate-operation',
    found: 'the id of our own spec.operations.getCertificates',
  })
})

test('an operation that is left to ours is no duplicate', () => {
  const path = '/v3/certificates'
  expect(faultOf([withOperation({ path }), withOperation({ path })])).toBeUndefined()
  expect(faultOf([])).toBeUndefined()
})

const malformed: [Partial<Record<keyof Spec, unknown>>, string][] = [
  [{ title: 5 }, 'title'],
  [{ operations: { a: { retry: 'maybe' } } }, 'operations.a.retry'],
  [{ operations: { a: { status: '200' } } }, 'operations.a.status'],
  [{ operations: { a: { request: [] } } }, 'operations.a.request'],
  [{ operations: { a: { request: { json: 'X' } } } }, 'operations.a.request.json'],
  [{ operations: { a: { request: { path: { b: null } } } } }, 'operations.a.request.path.b'],
  [
    { operations: { a: { request: { query: {}, requiredQuery: ['b'] } } } },
    'operations.a.request.requiredQuery',
  ],
  [{ operations: { a: { echo: 'id' } } }, 'operations.a.echo'],
  [{ operations: { a: { retrySays: { en: 'x' } } } }, 'operations.a.retrySays.zh'],
  [{ operations: { a: { errors: [{ status: 400 }] } } }, 'operations.a.errors[0].code'],
  [
    { operations: { a: { response: { $ref: '#/components/schemas/No' } } } },
    'operations.a.response.$ref',
  ],
  [{ schemas: { A: true } }, 'schemas.A'],
  [{ schemas: { A: { type: 'text' } } }, 'schemas.A.type'],
  [{ schemas: { A: { type: ['string', 'text'] } } }, 'schemas.A.type[1]'],
  [{ schemas: { A: { required: true } } }, 'schemas.A.required'],
  [{ schemas: { A: { properties: { b: 1 } } } }, 'schemas.A.properties.b'],
  [{ schemas: { A: { items: { minItems: '1' } } } }, 'schemas.A.items.minItems'],
  [{ schemas: { A: { allOf: [{ enum: 'x' }] } } }, 'schemas.A.allOf[0].enum'],
  [{ schemas: { A: { additionalProperties: 'no' } } }, 'schemas.A.additionalProperties'],
  [{ schemas: { A: { $ref: 'other.yaml#/A' } } }, 'schemas.A.$ref'],
  [{ schemas: { A: { $ref: '#/components/schemas/toString' } } }, 'schemas.A.$ref'],
  [{ schemas: { A: { $ref: '#/components/schemas/A' } } }, 'schemas.A'],
  [
    {
      schemas: {
        A: { allOf: [{ oneOf: [{ $ref: '#/components/schemas/B' }] }] },
        B: { anyOf: [{ $ref: '#/components/schemas/A' }] },
      },
    },
    'schemas.A',
  ],
  [{ webhooks: { w: { eventTypes: [], resource: 5 } } }, 'webhooks.w.resource'],
]

test.each(malformed)('the first call names the place: %# %s', async (parts, slot) => {
  const whole = { id: 'a', method: 'POST', path: '/v3/a', retry: 'safe', status: 200 }
  const operations = { a: { ...whole, ...(parts.operations as { a?: object } | undefined)?.a } }
  const spec = { ...orders, schemas: {}, webhooks: {}, ...parts, operations } as unknown as Spec
  expect(findSpecFault(spec)).toBeUndefined()
  expect(findMalformed(spec)?.slot).toBe(`spec.${slot}`)
  const { fetch, seen } = responding(() => verified({}))
  const client = createClient({ fetch, spec })
  const call = (client.operations as unknown as { a(): Promise<unknown> }).a()
  expect(await rejection(call)).toMatchObject({
    name: 'RequestError',
    code: 'malformed-spec',
    field: `spec.${slot}`,
    remedy: { zh: expect.stringContaining('codegen') },
  })
  await client.request('GET', '/v3/x')
  expect(seen).toHaveLength(1)
})

test('a schema may contain itself below a property or an item', () => {
  const spec = {
    ...orders,
    schemas: {
      ...orders.schemas,
      Tree: {
        properties: { left: { $ref: '#/components/schemas/Tree' } },
        items: { $ref: '#/components/schemas/Tree' },
      },
    },
  }
  expect(findMalformed(spec)).toBeUndefined()
})

test('a schema that is nested without end is rejected, and no text is long', () => {
  const schema: { items?: object } = {}
  schema.items = schema
  const fault = findMalformed({ ...orders, schemas: { Deep: schema } })
  expect(fault?.found).toBe('a schema nested too deep')
  expect(fault?.slot.length).toBeLessThan(300)
})

test('lookups by id, and by method and path whatever the names of parameters', () => {
  const registry = createRegistry([orders])
  expect(registry.findById('getOrder')?.path).toBe('/v3/orders/{out_trade_no}')
  expect(registry.findByPath('GET', '/v3/orders/{any}')?.id).toBe('getOrder')
  expect(registry.findByPath('GET', '/v3/certificates')?.id).toBe('getCertificates')
  expect(registry.findByPath('PUT', '/v3/certificates')).toBeUndefined()
  expect(registry.findById('toString')).toBeUndefined()
  expect([...registry.personalNames()]).toEqual(expect.arrayContaining(['openid', 'payer']))
})
