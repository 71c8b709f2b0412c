import { expect, test } from 'vitest'
import type { JsonSchema } from './json-schema.ts'
import { compilePattern } from './prepared-schema.ts'
import { checkSchema } from './schema-check.ts'
import { mapSensitiveFields } from './sensitive-fields.ts'

const definitions: Record<string, JsonSchema> = {
  Card: { type: 'object', required: ['card'], properties: { card: { type: 'string' } } },
  Account: {
    type: 'object',
    required: ['bank', 'number'],
    properties: { bank: { type: 'string' }, number: { type: 'string', maxLength: 4 } },
  },
}
const check = (schema: JsonSchema, value: unknown) =>
  checkSchema(schema, value, { definitions }).map(({ field, code }) => `${field} ${code}`.trim())
const texts = (schema: JsonSchema, value: unknown) =>
  checkSchema(schema, value, { definitions }).map(
    ({ expected, found }) => `found ${found}; expected ${expected}`,
  )

test('a list of types accepts each of them; null only where it is listed', () => {
  const schema: JsonSchema = { type: ['string', 'integer', 'null'], maxLength: 2 }
  for (const value of ['ab', 5, null]) expect(check(schema, value)).toEqual([])
  expect(check(schema, 'abc')).toEqual(['too-long'])
  expect(check(schema, 2 ** 53)).toEqual(['unsafe-integer'])
  expect(texts(schema, true)).toEqual([
    'found the boolean true; expected a string or an integer or null',
  ])
  expect(check({ type: ['string', 'integer'] }, null)).toEqual(['null-value'])
  expect(check({ type: ['integer', 'number'] }, 2 ** 53)).toEqual([])
})

test('null is accepted where the enum lists it, and where the schema allows anything', () => {
  expect(check({ type: 'string', enum: ['A', null] }, null)).toEqual([])
  expect(check({ type: 'string', enum: ['A', null] }, 'B')).toEqual(['not-in-enum'])
  expect(check({ enum: ['A'] }, null)).toEqual(['null-value'])
  expect(check({}, null)).toEqual([])
  expect(check({ properties: {} }, null)).toEqual(['null-value'])
  expect(check({ allOf: [{ type: 'string' }] }, null)).toEqual(['null-value'])
  expect(check({ anyOf: [{ type: 'string' }, { type: 'null' }] }, null)).toEqual([])
})

test('objects and arrays of an enum are compared by value', () => {
  expect(check({ enum: [{ a: 1 }] }, { a: 1 })).toEqual([])
  expect(check({ enum: [{ a: 1 }] }, { a: 2 })).toEqual(['not-in-enum'])
})

test('minItems and maxItems: too-few-items, too-many-items', () => {
  const list: JsonSchema = { type: 'array', minItems: 1, maxItems: 2, items: { type: 'string' } }
  expect(check(list, ['a'])).toEqual([])
  expect(check(list, ['a', 'b'])).toEqual([])
  expect(check(list, [])).toEqual(['too-few-items'])
  expect(check(list, ['a', 'b', 'c'])).toEqual(['too-many-items'])
  expect(texts(list, [])).toEqual(['found an array of 0; expected at least 1 item(s)'])
  expect(texts(list, [1, 2, 3])).toEqual(['found an array of 3; expected at most 2 item(s)'])
})

test('exclusive limits reject the limit itself', () => {
  const schema: JsonSchema = { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }
  expect(check(schema, 0.5)).toEqual([])
  expect(texts(schema, 0)).toEqual(['found the number 0; expected more than 0'])
  expect(texts(schema, 1)).toEqual(['found the number 1; expected less than 1'])
  expect(texts({ ...schema, minimum: 0, maximum: 9 }, -1)).toEqual([
    'found the number -1; expected at least 0',
  ])
  expect(texts({ minimum: 0, maximum: 9 }, 10)).toEqual(['found the number 10; expected at most 9'])
})

test('additionalProperties as a schema checks the other fields, and only those', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: { id: { type: 'integer' } },
    additionalProperties: { type: 'string', maxLength: 2 },
  }
  expect(check(schema, { id: 5, en: 'ab', left: undefined })).toEqual([])
  expect(check(schema, { id: 'x', 'a/b': 'abc', n: 1 })).toEqual([
    '/id wrong-type',
    '/a~1b too-long',
    '/n wrong-type',
  ])
})

test('oneOf: one part must fit, and a value that fits several is accepted', () => {
  const schema: JsonSchema = {
    oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Account' }],
  }
  expect(check(schema, { card: 'a' })).toEqual([])
  expect(check(schema, { card: 'a', bank: 'b', number: '1' })).toEqual([])
  expect(check({ oneOf: [{ type: 'integer' }, { type: 'number' }] }, 5)).toEqual([])
})

test('of several forms, the nearest one is reported', () => {
  const schema: JsonSchema = {
    oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Account' }],
  }
  expect(check(schema, { bank: 'b', number: '12345' })).toEqual(['/number too-long'])
  expect(check(schema, { bank: 'b' })).toEqual(['/card missing-field'])
  expect(check(schema, {})).toEqual(['/card missing-field'])
})

test('a value that fits no form has the code no-alternative, and its text shows no value', () => {
  const schema: JsonSchema = {
    oneOf: [{ type: 'integer' }, { type: 'string', maxLength: 3, 'x-personal': true }],
  }
  expect(check(schema, 'canary')).toEqual(['no-alternative'])
  expect(texts(schema, 'canary')).toEqual([
    'found 6 character(s); expected an integer, written without quotes, or at most 3 character(s)',
  ])
  expect(texts(schema, [1])).toEqual(['found an array of 1; expected an integer, or a string'])
  expect(check({ anyOf: [{ type: 'integer' }] }, 'a')).toEqual(['wrong-type'])
})

test('anyOf of forms that require several fields names the missing field', () => {
  const schema: JsonSchema = { anyOf: [{ required: ['a', 'b'] }, { required: ['c'] }] }
  expect(check(schema, { a: 1 })).toEqual(['/b missing-field'])
  expect(check(schema, { c: 1 })).toEqual([])
})

test('a pattern that needs the older syntax is used; one that JavaScript cannot compile is left out', () => {
  expect(check({ type: 'string', pattern: '^[\\w\\_]+$' }, 'a-b')).toEqual(['pattern'])
  expect(compilePattern('^\\_$')?.flags).toBe('')
  expect(compilePattern('(?i)a(')).toBeUndefined()
  expect(check({ type: 'string', pattern: '[z-a]' }, 'anything')).toEqual([])
  expect(texts({ type: 'string', pattern: '[z-a]', maxLength: 2 }, 'abc')).toEqual([
    'found "abc" (3 character(s)); expected at most 2 character(s)',
  ])
})

test('names of Object.prototype are no definitions and no descriptions', () => {
  expect(() => check({ $ref: '#/components/schemas/toString' }, {})).toThrow('does not exist')
  expect(check({ required: ['constructor'] }, { constructor: 1 })).toEqual([])
})

test('sensitive fields among the additional properties are mapped, too', async () => {
  const schema: JsonSchema = {
    properties: { id: { type: 'string' } },
    additionalProperties: { type: 'string', 'x-sensitive': true },
  }
  const map = (text: string) => text.toUpperCase()
  expect(await mapSensitiveFields(schema, { id: 'a', name: 'b' }, { definitions, map })).toEqual({
    id: 'a',
    name: 'B',
  })
})
