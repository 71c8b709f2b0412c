import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { JsonSchema } from './json-schema.ts'
import { mapSensitiveFields } from './sensitive-fields.ts'

// Other APIv3 operations have such fields. Ours have none, so this test has its own spec.
const { schemas } = parse(
  readFileSync(new URL('../testing/sensitive.yaml', import.meta.url), 'utf8'),
).components as {
  schemas: Record<string, JsonSchema>
}
const run = (value: unknown, name = 'Applyment') => {
  const fields: string[] = []
  const map = (text: string, field: string) => {
    fields.push(field)
    return `<${text}>`
  }
  const options = { definitions: schemas, map }
  return mapSensitiveFields({ $ref: `#/components/schemas/${name}` }, value, options).then(
    (json) => ({ json, fields }),
  )
}

test('only marked texts are mapped, also through $ref, lists, allOf, anyOf and oneOf', async () => {
  const applyment = {
    out_request_no: 'APPLYMENT_00000000001',
    contact: { name: '张三', mobile: '13900000000', country: 'CN' },
    'a/b~c': 'odd name',
    ubo_list: [
      { id_card: { name: '李四', period_end: '长期' } },
      { passport: { number: 'E1234' } },
    ],
  }
  const before = structuredClone(applyment)
  expect(await run(applyment)).toEqual({
    json: {
      out_request_no: 'APPLYMENT_00000000001',
      contact: { name: '<张三>', mobile: '<13900000000>', country: 'CN' },
      'a/b~c': '<odd name>',
      ubo_list: [
        { id_card: { name: '<李四>', period_end: '长期' } },
        { passport: { number: '<E1234>' } },
      ],
    },
    fields: [
      '/contact/name',
      '/contact/mobile',
      '/a~1b~0c',
      '/ubo_list/0/id_card/name',
      '/ubo_list/1/passport/number',
    ],
  })
  expect(applyment).toEqual(before)
})

test('absent and unknown fields stay as they are', async () => {
  expect((await run({ contact: { name: null }, extra: { name: 'clear' } })).json).toEqual({
    contact: { name: null },
    extra: { name: 'clear' },
  })
})

test('a marked value that is not a text is rejected, so that it is not sent unencrypted', async () => {
  await expect(run({ contact: { mobile: 13900000000 } })).rejects.toThrow(
    new TypeError(
      '/contact/mobile: found a value of type number; a field marked x-sensitive is text',
    ),
  )
})

test('an error of the mapping reaches the caller', async () => {
  const map = () => Promise.reject(new RangeError('too long'))
  await expect(
    mapSensitiveFields({ 'x-sensitive': true }, 'a', { definitions: {}, map }),
  ).rejects.toThrow(RangeError)
})

test('a name of Object.prototype is a field like any other', async () => {
  const value = JSON.parse('{"__proto__": {"name": "a"}, "constructor": "b"}')
  const { json } = await run(value)
  expect(JSON.stringify(json)).toBe(JSON.stringify(value))
})
