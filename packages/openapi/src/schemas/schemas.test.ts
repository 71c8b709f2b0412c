import { expect, test } from 'vitest'
import { bodySchemaOf, documentOf, notesWith, ok, withSchema } from '../testing/read-files.ts'

test('schemas: what is not checked, not known, or not what it must be', async () => {
  const { made, notes } = await notesWith(
    withSchema({
      type: 'object',
      title: 'Order',
      description: 'text',
      required: true,
      uniqueItems: true,
      'x-sensitve': true,
      'x-my-own': { a: 1 },
      'x-known-values': ['A'],
      properties: {
        a: { type: 'strin', maxLenght: 3, minLength: '1', pattern: '[', 'x-personal': true },
        b: { type: 'array', items: [{ type: 'string' }] },
        c: { const: 'x', default: 'x' },
        d: { type: ['string', null], not: { const: 'y' }, examples: ['e'] },
        e: true,
        f: false,
        g: { additionalProperties: { type: 'integer', minimum: 1 } },
        h: { additionalProperties: false, patternProperties: { '^a': true } },
        i: { prefixItems: [true], items: false },
        type: { type: 'string' },
        nullable: { type: 'boolean' },
        constructor: { type: 'string' },
        ['__proto__']: { type: 'string' },
        '中文 名': { type: 'string' },
      },
    }),
  )
  expect(bodySchemaOf(made)).toMatchInlineSnapshot(`
    {
      "properties": {
        "__proto__": {
          "type": "string",
        },
        "a": {
          "x-personal": true,
        },
        "b": {
          "type": "array",
        },
        "c": {
          "default": "x",
          "enum": [
            "x",
          ],
        },
        "constructor": {
          "type": "string",
        },
        "d": {
          "example": "e",
          "type": [
            "string",
            "null",
          ],
        },
        "e": {},
        "f": {
          "enum": [],
        },
        "g": {
          "additionalProperties": {
            "minimum": 1,
            "type": "integer",
          },
        },
        "h": {},
        "i": {},
        "nullable": {
          "type": "boolean",
        },
        "type": {
          "type": "string",
        },
        "中文 名": {
          "type": "string",
        },
      },
      "type": "object",
      "x-known-values": [
        "A",
      ],
    }
  `)
  expect(notes.filter((note) => !note.startsWith('example'))).toMatchInlineSnapshot(`
    [
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema | required must be a list of names, found true; left out",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema | The client does not check the keyword uniqueItems, WeChat Pay may",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema | Unknown extension "x-sensitve": did you mean x-sensitive? Ignored",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a | type must be one of string, number, integer, boolean, object, array, null, or a list of them, found "strin"; left out",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a | JSON Schema has no keyword "maxLenght": did you mean maxLength? Left out",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a | minLength must be an integer from 0, found "1"; left out",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a | A pattern is no regular expression of JavaScript; left out",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/b | items must be a schema, found [{"type":"string"}]; left out",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/d | The client does not check the keyword not, WeChat Pay may",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/h | The client does not check the keyword patternProperties, WeChat Pay may",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/i | The client does not check the keyword prefixItems, WeChat Pay may",
    ]
  `)
})

test('keywords beside a $ref hold together with it; texts and examples do not matter', async () => {
  const { made } = await notesWith(
    withSchema(
      {
        properties: {
          a: { $ref: '#/components/schemas/A', description: 'a', example: {} },
          b: { $ref: '#/components/schemas/A', required: ['x'], 'x-personal': true },
        },
      },
      { components: { schemas: { A: { type: 'object' } } } },
    ),
  )
  expect(bodySchemaOf(made)?.properties).toEqual({
    a: { $ref: '#/components/schemas/A', example: {} },
    b: { allOf: [{ $ref: '#/components/schemas/A' }], required: ['x'], 'x-personal': true },
  })
})

test('names of schemas: equal ones are one, different ones are renamed, odd ones are cleaned', async () => {
  const money = { type: 'object', properties: { total: { type: 'integer' } } }
  const document = (path: string, schemas: object) =>
    documentOf(
      {
        [path]: {
          post: {
            ...ok,
            operationId: path.slice(4),
            requestBody: {
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
            },
          },
        },
      },
      { components: { schemas } },
    )
  const order = (more: object) => ({
    properties: { money: { $ref: '#/components/schemas/Money' }, ...more },
  })
  const { made, notes } = await notesWith(
    document('/v3/a', { Order: order({}), Money: money }),
    document('/v3/b', { Order: order({}), Money: money }),
    document('/v3/c', {
      Order: order({}),
      Money: { ...money, required: ['total'] },
      'Page«Order»': {},
      'a/b': {},
    }),
  )
  const bodies = Object.values(made.spec.operations).map(({ request }) => request?.json?.$ref)
  expect(bodies).toEqual(
    ['Order', 'Order', 'Order_c'].map((name) => `#/components/schemas/${name}`),
  )
  expect(made.spec.schemas.Order_c?.properties?.money).toEqual({
    $ref: '#/components/schemas/Money_c',
  })
  expect(Object.keys(made.document.components.schemas)).toEqual([
    'Money',
    'Money_c',
    'Order',
    'Order_c',
    'Page_Order',
    'a_b',
  ])
  expect(notes.filter((note) => note.startsWith('schema-name'))).toMatchInlineSnapshot(`
    [
      "schema-name | c.json #/components/schemas/Page«Order» | A name that no $ref can hold unchanged; renamed: Page«Order», a/b",
      "schema-name | c.json #/components/schemas/Order | Schemas with the same name differ; renamed: Order of c.json to Order_c, Money of c.json to Money_c",
    ]
  `)
})

test('properties that are called like keywords keep their references', async () => {
  const to = (name: string) => ({ $ref: `#/components/schemas/${name}` })
  const names = ['default', 'example', 'enum', 'examples', 'items', 'properties', 'discriminator']
  const { made } = await notesWith(
    withSchema(
      { properties: Object.fromEntries(names.map((name, index) => [name, to(`S${index}`)])) },
      {
        components: {
          schemas: Object.fromEntries(names.map((_, index) => [`S${index}`, { minimum: index }])),
        },
      },
    ),
  )
  expect(Object.keys(made.spec.schemas)).toHaveLength(names.length)
  expect(Object.keys(bodySchemaOf(made)?.properties ?? {})).toEqual(names)
})
