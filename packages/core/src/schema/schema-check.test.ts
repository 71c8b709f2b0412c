import { expect, test } from 'vitest'
import type { JsonSchema } from './json-schema.ts'
import { checkSchema } from './schema-check.ts'

const definitions: Record<string, JsonSchema> = {
  Person: {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string', maxLength: 4, 'x-personal': true } },
  },
}
const check = (schema: JsonSchema, value: unknown, allowLoopbackHttp = false) =>
  checkSchema(schema, value, { definitions, allowLoopbackHttp }).map(({ field, code }) =>
    `${field} ${code}`.trim(),
  )
const textual: JsonSchema = {
  type: 'string',
  pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
  'x-pattern-says': 'no emoji',
}
const httpsUrl: JsonSchema = {
  type: 'string',
  pattern: '^https://[^?#\\s]+$',
  'x-pattern-says': 'https without query',
  'x-loopback-http': true,
}

test('a value of another type is rejected with the code wrong-type', () => {
  expect(check({ type: 'string' }, 5)).toEqual(['wrong-type'])
  expect(check({ type: 'integer' }, '12535')).toEqual(['wrong-type'])
  expect(check({ type: 'integer' }, 1.5)).toEqual(['wrong-type'])
  expect(check({ type: 'integer' }, Number.NaN)).toEqual(['wrong-type'])
  expect(check({ type: 'number' }, Number.POSITIVE_INFINITY)).toEqual(['wrong-type'])
  expect(check({ type: 'object' }, [])).toEqual(['wrong-type'])
  expect(check({ type: 'array' }, {})).toEqual(['wrong-type'])
  expect(check({ type: 'boolean' }, 'true')).toEqual(['wrong-type'])
  expect(check({ type: 'string' }, 10n)).toEqual(['wrong-type'])
})

test('null has its own text, and undefined counts as absent', () => {
  const [violation] = checkSchema({ type: 'string' }, null, { definitions })
  expect(violation).toMatchObject({
    code: 'null-value',
    expected: 'no null: leave the field out when there is no value',
  })
  expect(check({ properties: { a: { type: 'string' } } }, { a: undefined })).toEqual([])
  expect(check({ required: ['a'] }, { a: undefined })).toEqual(['/a missing-field'])
})

test('a field of the prototype does not count, because it is not sent', () => {
  expect(check({ type: 'object', required: ['a'] }, Object.create({ a: 1 }))).toEqual([
    '/a missing-field',
  ])
  expect(check({ type: 'object', required: ['toString'] }, {})).toEqual(['/toString missing-field'])
})

test('lengths count code points, as the documentation counts characters', () => {
  expect(check({ type: 'string', minLength: 1 }, '')).toEqual(['too-short'])
  expect(check({ type: 'string', minLength: 1 }, '微')).toEqual([])
  expect(check({ type: 'string', maxLength: 7 }, '微信代扣用户A')).toEqual([])
  expect(check({ type: 'string', maxLength: 2 }, '😀😀')).toEqual([])
  expect(check({ type: 'string', maxLength: 2 }, '😀😀😀')).toEqual(['too-long'])
})

test('an emoji is rejected, and the text gives its position', () => {
  const [violation] = checkSchema({ ...textual, 'x-personal': true }, '用户A😀', { definitions })
  expect(violation).toMatchObject({ code: 'pattern', expected: 'no emoji' })
  expect(violation?.found).toBe(
    '4 character(s), of which character 4 takes 4 bytes in UTF-8 and does not fit',
  )
})

test('T-17 half of a surrogate pair is rejected with the code lone-surrogate', () => {
  expect(check(textual, 'a\ud83d')).toEqual(['lone-surrogate'])
  expect(check({ type: 'string' }, '\udc00a')).toEqual(['lone-surrogate'])
})

test('numbers: unsafe-integer beyond 2^53 − 1, out-of-range beyond the limits', () => {
  expect(check({ type: 'integer' }, 2 ** 53)).toEqual(['unsafe-integer'])
  expect(check({ type: 'integer' }, 1e21)).toEqual(['unsafe-integer'])
  expect(check({ type: 'integer', minimum: 1 }, 0)).toEqual(['out-of-range'])
  expect(check({ type: 'integer', maximum: 9 }, 10)).toEqual(['out-of-range'])
  expect(check({ type: 'integer', minimum: 1, maximum: 9 }, 1)).toEqual([])
  expect(check({ type: 'integer', minimum: 1, maximum: 9 }, 9)).toEqual([])
  expect(check({ type: 'integer' }, -0)).toEqual([])
})

test('a URL that is not https has the code not-https; with a query or a fragment it has the code pattern', () => {
  expect(check(httpsUrl, 'https://yourapp.com/notify')).toEqual([])
  expect(check(httpsUrl, 'http://yourapp.com/notify')).toEqual(['not-https'])
  expect(check(httpsUrl, 'HTTP://yourapp.com/notify')).toEqual(['not-https'])
  expect(check(httpsUrl, 'https://yourapp.com/notify?a=1')).toEqual(['pattern'])
  expect(check(httpsUrl, 'https://yourapp.com/#a')).toEqual(['pattern'])
  expect(check(httpsUrl, 'ftp://yourapp.com/')).toEqual(['pattern'])
})

test('a loopback http URL is accepted only if allowed, and a host that only looks like loopback never is', () => {
  for (const url of ['http://127.0.0.1:8080/notify', 'http://[::1]:1/n', 'http://localhost/n']) {
    expect(check(httpsUrl, url)).toEqual(['not-https'])
    expect(check(httpsUrl, url, true)).toEqual([])
  }
  for (const url of [
    'http://127.0.0.1@evil.test/n',
    'http://localhost.evil.test/n',
    'http://10.0.0.1/n',
    'http://127.0.0.2/n',
    'http:/localhost',
  ]) {
    expect(check(httpsUrl, url, true)).toHaveLength(1)
  }
  expect(check(httpsUrl, 'http://127.0.0.1:8080/notify?a=1', true)).toEqual(['pattern'])
  expect(check(httpsUrl, 'http://127.0.0.1#a', true)).toEqual(['pattern'])
  expect(check({ type: 'string', pattern: '^https:' }, 'http://127.0.0.1/', true)).toEqual([
    'pattern',
  ])
})

test('a text never shows the query of a URL, because it may hold a token', () => {
  const [violation] = checkSchema(httpsUrl, 'https://yourapp.com/notify?token=canary', {
    definitions,
  })
  expect(violation?.found).toBe('"https://yourapp.com/notify?…" (39 character(s))')
})

test('a text never shows a personal value, whatever the violation', () => {
  const personal = (schema: JsonSchema, value: unknown) =>
    checkSchema({ ...schema, 'x-personal': true }, value, { definitions })
  const found = [
    ...personal({ type: 'string', maxLength: 3 }, 'canary'),
    ...personal({ type: 'string', minLength: 9 }, 'canary'),
    ...personal({ type: 'string', pattern: '^[0-9]*$' }, '12canary'),
    ...personal({ type: 'string', enum: ['a'] }, 'canary'),
    ...personal({ type: 'integer' }, 'canary'),
    ...personal({ type: 'string' }, 31337),
  ]
  expect(found).toHaveLength(6)
  expect(JSON.stringify(found)).not.toMatch(/canary|31337/)
})

test('a shown value is short and one line, and has no direction characters', () => {
  const [violation] = checkSchema(
    { type: 'string', maxLength: 3 },
    `a\nb\u202e${'x'.repeat(100)}`,
    { definitions },
  )
  expect(violation?.found).toBe(`"a\\nb�${'x'.repeat(44)}…" (104 character(s))`)
})

test('$ref, allOf, items and enum are checked, and pointers are escaped', () => {
  const person: JsonSchema = { $ref: '#/components/schemas/Person' }
  expect(check(person, {})).toEqual(['/name missing-field'])
  expect(check({ allOf: [person, { required: ['name', 'age'] }] }, {})).toEqual([
    '/name missing-field',
    '/age missing-field',
  ])
  expect(check({ type: 'array', items: person }, [{ name: 'a' }, { name: 'abcde' }])).toEqual([
    '/1/name too-long',
  ])
  expect(check({ enum: ['RSA'] }, 'SM2')).toEqual(['not-in-enum'])
  expect(check({ properties: { 'a/b~c': { type: 'string' } } }, { 'a/b~c': 1 })).toEqual([
    '/a~1b~0c wrong-type',
  ])
  expect(() => check({ $ref: '#/components/schemas/Missing' }, {})).toThrow('does not exist')
})

test('anyOf of required fields needs at least one; an invalid one has its own code', () => {
  const either: JsonSchema = {
    properties: { openid: { type: 'string' }, sub_openid: { type: 'string' } },
    anyOf: [
      { required: ['openid'], properties: { openid: { type: 'string' } } },
      { required: ['sub_openid'], properties: { sub_openid: { type: 'string' } } },
    ],
  }
  expect(check(either, {})).toEqual(['/openid one-of-required'])
  expect(check(either, { sub_openid: 'a' })).toEqual([])
  expect(check(either, { openid: 'a', sub_openid: 'b' })).toEqual([])
  expect(check(either, { openid: 5 })).toEqual(['/openid wrong-type'])
  expect(check({ anyOf: either.anyOf ?? [] }, { openid: 5, sub_openid: 'a' })).toEqual([])
})

test('additionalProperties: false rejects an unknown field', () => {
  const closed: JsonSchema = { type: 'object', properties: { a: {} }, additionalProperties: false }
  expect(check(closed, { a: 1, b: 2, c: undefined })).toEqual(['/b unknown-field'])
  expect(check(closed, { toString: 1 })).toEqual(['/toString unknown-field'])
})
