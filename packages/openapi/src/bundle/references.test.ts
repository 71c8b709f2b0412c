import { expect, test } from 'vitest'
import {
  bodySchemaOf,
  documentOf,
  failureOf,
  linesOf,
  notesWith,
  ok,
  withSchema,
} from '../testing/read-files.ts'

test('$refs into paths and other deep places get names of their own', async () => {
  const { made } = await notesWith(
    documentOf({
      '/v3/a': {
        post: {
          ...ok,
          operationId: 'a',
          requestBody: {
            content: {
              'application/json': { schema: { properties: { x: { items: { type: 'integer' } } } } },
            },
          },
        },
      },
      '/v3/b': {
        post: {
          ...ok,
          operationId: 'b',
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  properties: {
                    x: {
                      $ref: '#/paths/~1v3~1a/post/requestBody/content/application~1json/schema/properties/x',
                    },
                    y: {
                      $ref: '#/paths/~1v3~1a/post/requestBody/content/application~1json/schema/properties/x/items',
                    },
                    z: {
                      $ref: '#/paths/%7E1v3~1a/post/requestBody/content/application~1json/schema',
                    },
                  },
                },
              },
            },
          },
        },
      },
    }),
  )
  expect(made.document.components.schemas).toMatchInlineSnapshot(`
    {
      "v3_a_post_requestBody": {
        "properties": {
          "x": {
            "items": {
              "type": "integer",
            },
          },
        },
      },
      "v3_a_post_requestBody_x": {
        "items": {
          "type": "integer",
        },
      },
      "v3_a_post_requestBody_x_items": {
        "type": "integer",
      },
    }
  `)
})

test('schemas that refer to themselves through properties and items are kept', async () => {
  const { made } = await notesWith(
    withSchema(
      { $ref: '#/components/schemas/Node' },
      {
        components: {
          schemas: {
            Node: {
              properties: {
                next: { $ref: '#/components/schemas/Node' },
                all: { type: 'array', items: { anyOf: [{ $ref: '#/components/schemas/Node' }] } },
              },
            },
          },
        },
      },
    ),
  )
  expect(made.spec.schemas).toMatchObject({
    Node: { properties: { next: { $ref: '#/components/schemas/Node' } } },
  })
})

test('a discriminator follows its schemas to their new names', async () => {
  const { made } = await notesWith(
    withSchema(
      {
        oneOf: [{ $ref: '#/components/schemas/A' }],
        discriminator: { propertyName: 'kind', mapping: { a: '#/components/schemas/A', b: 'B' } },
      },
      { components: { schemas: { A: { properties: { kind: { type: 'string' } } } } } },
    ),
  )
  expect(JSON.stringify(made.document.paths)).toContain(
    '"mapping":{"a":"#/components/schemas/A","b":"B"}',
  )
})

test('a $ref in an example is not followed, and a discriminator must be one', async () => {
  const to = { $ref: '#/components/examples/a' }
  const { made, notes } = await notesWith(
    withSchema({
      example: to,
      properties: {
        a: { type: 'string', examples: [{ deep: to }], enum: [to], default: 'x' },
        b: { oneOf: [{}], discriminator: { propertyName: 'kind', mapping: { a: 3 } } },
      },
    }),
  )
  expect(bodySchemaOf(made)).toEqual({
    properties: { a: { type: 'string', default: 'x' }, b: { oneOf: [{}] } },
  })
  expect(JSON.stringify(made.document)).not.toContain('$ref')
  expect(notes).toMatchInlineSnapshot(`
    [
      "example | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/example | A value is data, so its $ref is not followed; left out: a.json#/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/example, a.json#/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a/examples, a.json#/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a/enum",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/b | discriminator must be an object with propertyName and a mapping of texts, found {"propertyName":"kind","mapping":{"a":3}; left out",
      "example | a.json #/paths/~1v3~1orders/post | No complete example of the arguments; a mock makes them from the schemas: POST /v3/orders",
    ]
  `)
})

test('long chains and deep levels do not fill the stack', async () => {
  const length = 3_000
  const schemas = Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `S${index}`,
      { properties: { next: { $ref: `#/components/schemas/S${(index + 1) % length}` } } },
    ]),
  )
  const first = { $ref: '#/components/schemas/S0' }
  const { made } = await notesWith(withSchema(first, { components: { schemas } }))
  expect(Object.keys(made.spec.schemas)).toHaveLength(length)
  const deep = (levels: number): unknown =>
    JSON.parse(`${'{"items":'.repeat(levels)}{}${'}'.repeat(levels)}`)
  // JSON.stringify would fill the stack itself.
  const example = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const text = JSON.stringify(withSchema({ example: 'deep' })).replace('"deep"', example)
  expect(linesOf(await failureOf({ 'a.json': text }))).toEqual([
    expect.stringContaining('more than 500 levels | fewer levels'),
  ])
  expect(linesOf(await failureOf({ 'a.json': withSchema(deep(2_000)) }))).toEqual([
    expect.stringContaining('more than 500 levels | fewer levels'),
  ])
  const yaml = `openapi: 3.1.0\nx-a: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`
  // The place depends on the size of the stack.
  expect((await failureOf({ 'a.yaml': yaml })).problems).toMatchObject([
    { code: 'yaml', found: 'more levels than the parser can read' },
  ])
})
