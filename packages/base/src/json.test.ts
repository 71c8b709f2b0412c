import { expect, test } from 'vitest'
import { isRecord, JsonError, member, parseJsonStrict, readJson, readJsonStrict } from './json.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const codeOf = (input: Uint8Array) => {
  try {
    parseJsonStrict(input)
  } catch (error) {
    expect(error).toBeInstanceOf(JsonError)
    expect((error as JsonError).name).toBe('JsonError')
    return (error as JsonError).code
  }
  return 'accepted'
}
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

test('Chinese text and numbers are read unchanged', () => {
  expect(
    parseJsonStrict(bytes('{"a":"代扣用户A","n":12535,"f":-1.5e-3,"x":[null,true,"😀"]}')),
  ).toEqual({
    a: '代扣用户A',
    n: 12535,
    f: -0.0015,
    x: [null, true, '😀'],
  })
})

test('T-18 a byte order mark is rejected, not dropped', () => {
  expect(codeOf(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toBe('bom')
})

test('T-18 bytes that are not UTF-8 are rejected: UTF-16, overlong, lone continuation, GBK, encoded surrogate', () => {
  for (const bad of [
    [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00],
    [0x22, 0xc0, 0xaf, 0x22],
    [0x22, 0x80, 0x22],
    [0x22, 0xce, 0xa2, 0xd0, 0xc5, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
  ]) {
    expect(codeOf(new Uint8Array(bad))).toBe('utf-8')
  }
})

test('text that is not JSON is rejected without quoting it', () => {
  for (const bad of [
    '',
    ' ',
    '{',
    '{"a":1}x',
    "{'a':1}",
    'NaN',
    'canary-text',
    '<html>canary-text</html>',
  ]) {
    expect(codeOf(bytes(bad))).toBe('syntax')
  }
  try {
    parseJsonStrict(bytes('<html>canary-text</html>'))
  } catch (error) {
    expect(String((error as Error).stack)).not.toContain('canary-text')
    expect((error as Error).message).toContain('an HTML page?')
  }
})

test('T-27 keys that can change a prototype are rejected at every depth', () => {
  for (const wrap of [
    (s: string) => s,
    (s: string) => `{"a":${s}}`,
    (s: string) => `[{"a":[${s}]}]`,
  ]) {
    expect(codeOf(bytes(wrap('{"__proto__":{"polluted":1}}')))).toBe('forbidden-key')
    expect(codeOf(bytes(wrap('{"\\u005f_proto__":1}')))).toBe('forbidden-key')
    expect(codeOf(bytes(wrap('{"constructor":{"prototype":{"polluted":1}}}')))).toBe(
      'forbidden-key',
    )
  }
  expect(codeOf(bytes('{"constructor":{"name":1}}'))).toBe('accepted')
  expect(codeOf(bytes('{"constructor":"a person who builds","prototype":1}'))).toBe('accepted')
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

test('T-28 32 levels are read; 33 and a million are rejected', () => {
  expect(codeOf(bytes(nested(32)))).toBe('accepted')
  expect(codeOf(bytes(nested(33)))).toBe('depth')
  expect(codeOf(bytes(nested(1_000_000)))).toBe('depth')
})

test('T-28 a number that would be rounded is rejected', () => {
  for (const bad of [
    '9007199254740993',
    '-9007199254740992',
    '12345678901234567890',
    '1e400',
    '[1e21]',
  ]) {
    expect(codeOf(bytes(bad))).toBe('unsafe-integer')
  }
  expect(codeOf(bytes('[9007199254740991,-9007199254740991,0.1,1e3]'))).toBe('accepted')
})

test('T-28 for duplicate keys the last value counts, as everywhere in this project', () => {
  expect(parseJsonStrict(bytes('{"id":"a","id":"b"}'))).toEqual({ id: 'b' })
})

test('readJsonStrict also returns the decoded text', () => {
  expect(readJsonStrict(bytes('{"a": 1}'))).toEqual({ text: '{"a": 1}', value: { a: 1 } })
})

test('readJson returns undefined where parseJsonStrict throws', () => {
  expect(readJson(bytes('{"a":1}'))).toEqual({ a: 1 })
  for (const bad of ['', '{', '{"__proto__":1}', nested(33), '1e400']) {
    expect(readJson(bytes(bad))).toBeUndefined()
  }
})

test('only a JSON object is a record', () => {
  expect([{}, { a: 1 }, Object.create(null)].map(isRecord)).toEqual([true, true, true])
  expect([null, undefined, [], 'a', 1, true].map(isRecord)).not.toContain(true)
})

test('member reads own members only, and undefined from anything that is not an object', () => {
  expect([member({ a: 1 }, 'a'), member({ a: undefined }, 'a')]).toEqual([1, undefined])
  expect(member(parseJsonStrict(bytes('{"constructor":1}')), 'constructor')).toBe(1)
  const values = [{}, null, undefined, ['a'], 'text', 5]
  for (const name of ['a', 'constructor', 'toString', '__proto__', 'length', '0']) {
    expect(values.map((value) => member(value, name))).toEqual(values.map(() => undefined))
  }
})

test('of two equal keys in one object the last one wins, as the docstring says', () => {
  const bytes = new TextEncoder().encode('{"mchid":"1","a":{"b":1,"b":2},"mchid":"2"}')
  expect(parseJsonStrict(bytes)).toEqual({ mchid: '2', a: { b: 2 } })
})
