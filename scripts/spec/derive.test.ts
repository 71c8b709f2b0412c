// What the steps reject, and what they do with documents that ours is not.
import { expect, test } from 'vitest'
import { toFlatSchemas } from './flat-schemas.ts'
import type { Json } from './json.ts'
import { toOpenApi30 } from './openapi-3.0.ts'
import { withPortablePatterns } from './portable-patterns.ts'

const info = { title: 't', version: '1', summary: 's', description: 'd', license: { name: 'MIT' } }
const documentWith = (schemas: Json, used = Object.keys(schemas)): Json => ({
  openapi: '3.1.0',
  info,
  tags: [],
  paths: {
    '/v3/a': { get: { responses: used.map((name) => ({ $ref: `#/components/schemas/${name}` })) } },
  },
  components: { parameters: {}, schemas },
})
const schemasOf = (document: Json) => (document.components as { schemas: Json }).schemas

test('a part of allOf with a keyword that is not merged is an error', () => {
  const part = { type: 'object', properties: {}, minProperties: 1 }
  const document = documentWith({ A: { allOf: [part] } })
  expect(() => toFlatSchemas(document)).toThrow('a part of A has minProperties')
  expect(() => toFlatSchemas(documentWith({ B: { allOf: [{ type: 'object' }] } }))).toThrow(
    'a part of B has no properties',
  )
})

test('a $ref to nothing is an error', () => {
  const document = documentWith({ A: { allOf: [{ $ref: '#/components/schemas/Missing' }] } })
  expect(() => toFlatSchemas(document)).toThrow('#/components/schemas/Missing does not exist')
})

test('allOf within allOf is merged, and a schema that was only a part is dropped', () => {
  const field = (name: string) => ({
    type: 'object',
    required: [name],
    properties: { [name]: { type: 'string' } },
  })
  const document = documentWith(
    {
      A: { description: 'all', allOf: [{ $ref: '#/components/schemas/B' }, field('c')] },
      B: { allOf: [field('a'), field('b'), { anyOf: [] }] },
    },
    ['A'],
  )
  expect(schemasOf(toFlatSchemas(document))).toEqual({
    A: {
      description: 'all',
      type: 'object',
      required: ['a', 'b', 'c'],
      properties: { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'string' } },
    },
  })
})

test('a pattern that Go cannot compile needs a rule in words', () => {
  const document = documentWith({ A: { type: 'string', pattern: '^(?!x)' } })
  expect(() => withPortablePatterns(document)).toThrow('the pattern ^(?!x) needs x-pattern-says')
})

test('in OpenAPI 3.0, null becomes nullable, const an enum, examples an example', () => {
  const schema = { type: ['string', 'null'], examples: ['a', 'b'], description: 'd' }
  const document = documentWith({ A: schema, B: { const: 'b' } })
  expect(schemasOf(toOpenApi30(document))).toEqual({
    A: { type: 'string', nullable: true, example: 'a', description: 'd' },
    B: { enum: ['b'] },
  })
})

test('two types are an error in OpenAPI 3.0', () => {
  const document = documentWith({ A: { type: ['string', 'integer'] } })
  expect(() => toOpenApi30(document)).toThrow('OpenAPI 3.0 has no type string | integer')
})

test('an example is not read as a schema', () => {
  const examples = { one: { summary: 's', value: { type: ['a', 'b'], const: 1 } } }
  const document = { ...documentWith({}), 'x-media': { examples } }
  expect(toOpenApi30(document)['x-media']).toEqual({ examples })
})
