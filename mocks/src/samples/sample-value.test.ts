import { checkSchema, type JsonSchema } from '@wechatpay-entrust/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleValue } from './sample-value.ts'

const now = Date.UTC(2027, 0, 15)
const definitions: Record<string, JsonSchema> = {
  Tree: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', example: 'root' },
      left: { $ref: '#/components/schemas/Tree' },
      children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
    },
  },
  Code: { type: 'string', example: 'A1' },
}
const sample = (schema: JsonSchema) => sampleValue(schema, { definitions, now })
const string = (more: JsonSchema = {}): JsonSchema => ({ type: 'string', ...more })

const cases: [JsonSchema, unknown][] = [
  [{ type: 'string' }, 'text'],
  [string({ example: 'given' }), 'given'],
  [string({ example: 12 }), '12'],
  [string({ example: true }), 'true'],
  [{ type: 'integer', example: '12' }, 12],
  [{ type: 'boolean', example: 'false' }, false],
  [string({ example: 'too long', maxLength: 3 }), 'tex'],
  [string({ enum: ['A', 'B'] }), 'A'],
  [string({ enum: ['A', 'B'], example: 'B' }), 'B'],
  [string({ enum: ['A', 'B'], example: 'C' }), 'A'],
  [string({ minLength: 6, maxLength: 6 }), 'textxx'],
  [string({ format: 'date-time' }), '2027-01-15T08:00:00+08:00'],
  [string({ format: 'date' }), '2027-01-15'],
  [string({ format: 'uri', maxLength: 5 }), 'text'],
  [string({ pattern: '^\\d{8}$' }), '00000000'],
  [string({ pattern: '^[A-Za-z][0-9]+$', minLength: 5 }), 'A0000'],
  [string({ pattern: '^(?:CNY|USD)$' }), 'CNY'],
  [string({ pattern: '^wx[0-9a-f]{16}$', example: 'wx' }), 'wx0000000000000000'],
  [string({ pattern: '(' }), 'text'],
  [{ type: 'integer' }, 1],
  [{ type: 'integer', minimum: 2, maximum: 5 }, 2],
  [{ type: 'integer', exclusiveMaximum: 1 }, 0],
  [{ type: 'integer', exclusiveMinimum: 1 }, 2],
  [{ type: 'number', exclusiveMinimum: 1 }, 1.01],
  [{ type: ['string', 'null'] }, 'text'],
  [{ type: 'null' }, null],
  [{ type: 'boolean' }, true],
  [{ enum: [3] }, 3],
  [{ type: 'array', items: string() }, ['text']],
  [{ type: 'array', items: { $ref: '#/components/schemas/Code' }, minItems: 2 }, ['A1', 'A1']],
  [{ type: 'array', items: string(), maxItems: 0 }, []],
  [{ type: 'array' }, ['text']],
  [{ $ref: '#/components/schemas/Code' }, 'A1'],
  [{ $ref: '#/components/schemas/Tree' }, { name: 'root' }],
  [
    {
      type: 'object',
      required: ['needed', 'undescribed'],
      properties: {
        needed: { type: 'integer' },
        shown: string({ example: 'x' }),
        wrong: { type: 'integer', example: 'x', minimum: 3, maximum: 2 },
        hidden: string(),
        nested: {
          type: 'object',
          properties: { inner: string({ example: 'y' }), other: string() },
        },
      },
    },
    { needed: 1, shown: 'x', nested: { inner: 'y' }, undescribed: 'text' },
  ],
  [
    {
      allOf: [
        { type: 'object', required: ['a'], properties: { a: string() } },
        { properties: { a: { minLength: 5 }, b: string({ example: 'b' }) } },
      ],
    },
    { a: 'textx', b: 'b' },
  ],
  [
    {
      type: 'object',
      properties: { openid: string(), sub_openid: string() },
      anyOf: [{ required: ['openid'] }, { required: ['sub_openid'] }],
    },
    { openid: 'text' },
  ],
  [{ oneOf: [{ type: 'integer', minimum: 2, maximum: 1 }, string()] }, 'text'],
  [{}, 'text'],
]

test.each(cases)('the sample of %j', (schema, expected) => {
  expect(sample(schema)).toEqual(expected)
})

test('the samples fit their schemas', () => {
  for (const [schema, expected] of cases)
    expect([schema, checkSchema(schema, expected, { definitions })]).toEqual([schema, []])
})

test('a schema that requires itself without end, and one that no value fits, have a sample too', () => {
  const endless: Record<string, JsonSchema> = {
    A: { type: 'object', required: ['a'], properties: { a: { $ref: '#/components/schemas/A' } } },
    B: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/B' } },
  }
  for (const name of Object.keys(endless)) {
    const context = { definitions: endless, now }
    expect(sampleValue({ $ref: `#/components/schemas/${name}` }, context)).toBeDefined()
  }
  expect(sample(string({ pattern: '^(?=x)x$' }))).toBe('text')
})

/** Schemas that a value can fit. */
const schemas = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const size = fc.nat(6)
  return {
    schema: fc.oneof(
      { maxDepth: 4 },
      fc.record({ type: fc.constant('boolean') }),
      fc
        .tuple(fc.integer({ min: -99, max: 99 }), size)
        .map(([minimum, more]) => ({ type: 'integer', minimum, maximum: minimum + more })),
      fc
        .tuple(size, size)
        .map(([minLength, more]) => ({ type: 'string', minLength, maxLength: minLength + more })),
      fc.record({ type: fc.constant('string'), enum: fc.array(fc.string(), { minLength: 1 }) }),
      fc.record({ type: fc.constant('string'), example: fc.anything() }),
      fc.record({ type: fc.constant('array'), items: tie('schema'), minItems: size }),
      fc
        .tuple(
          fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie('schema'), { maxKeys: 4 }),
          fc.nat(4),
        )
        .map(([properties, count]) => ({
          type: 'object',
          properties,
          required: Object.keys(properties).slice(0, count),
        })),
    ),
  }
}).schema

test('whatever the schema, its sample fits, is the same each time, and is JSON', () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      const value = sample(schema)
      expect(checkSchema(schema, value, { definitions })).toEqual([])
      expect(sample(schema)).toEqual(value)
      expect(JSON.parse(JSON.stringify(value))).toEqual(value)
    }),
    { numRuns: 300 },
  )
})

/** Any schema that the form of a spec allows: with references, wrong patterns and wide limits. */
const anySchema = fc.letrec<{ schema: JsonSchema; member: JsonSchema }>((tie) => {
  const limit = fc.oneof(fc.nat(5), fc.constant(1e9))
  const list = fc.array(tie('schema'), { maxLength: 2 })
  const names = fc.constantFrom('A', 'B', 'C')
  return {
    // A reference stands where the value is another one: a schema cannot be a part of itself.
    member: fc.oneof(
      names.map((name) => ({ $ref: `#/components/schemas/${name}` })),
      tie('schema'),
    ),
    schema: fc.oneof(
      { maxDepth: 2 },
      fc.constant<JsonSchema>({}),
      fc.record(
        {
          type: fc.constantFrom(
            'object',
            'array',
            'string',
            'integer',
            'number',
            'boolean',
            'null',
          ),
          required: fc.array(names, { maxLength: 2 }),
          properties: fc.dictionary(names, tie('member'), { maxKeys: 3 }),
          items: tie('member'),
          ...{ allOf: list, anyOf: list, oneOf: list },
          enum: fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 2 }),
          example: fc.jsonValue({ maxDepth: 1 }),
          ...{ minLength: limit, maxLength: limit, minItems: limit, maxItems: limit },
          ...{ minimum: limit, maximum: limit, exclusiveMinimum: limit, exclusiveMaximum: limit },
          pattern: fc.constantFrom(
            '^[a-z]{3}$',
            '(a|b){2,}',
            '[',
            'x{99999999}',
            '(?=x)',
            '\\p{L}',
          ),
          format: fc.constantFrom('date-time', 'date', 'toString'),
        },
        { requiredKeys: [] },
      ) as fc.Arbitrary<JsonSchema>,
    ),
  }
}).schema

test('a sample of any schema ends without an error', () => {
  const spec = fc.record({ A: anySchema, B: anySchema, C: anySchema })
  fc.assert(
    fc.property(spec, (all) => {
      for (const schema of Object.values(all)) sampleValue(schema, { definitions: all, now })
    }),
    { numRuns: 50 },
  )
}, 60_000)
