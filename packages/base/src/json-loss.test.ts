import { expect, test } from 'vitest'
import { findJsonLoss } from './json-loss.ts'

class Dto {
  readonly amount = 1
}
const circular: { self?: unknown } = {}
circular.self = { circular }

test.each([
  ['an object', { a: [1, 'x', null, true, { b: undefined }] }],
  ['a class instance', new Dto()],
  ['an object without prototype', Object.assign(Object.create(null), { a: 1 })],
  ['a Date, by its toJSON', { at: new Date(0) }],
  ['a URL, by its toJSON', { url: new URL('https://a.test/') }],
  ['the same object twice', [circularFree(), circularFree()]],
  ['a text', 'x'],
  ['null', null],
])('%s is carried', (_, value) => {
  expect(findJsonLoss(value)).toBeUndefined()
})

function circularFree() {
  const shared = { a: 1 }
  return { one: shared, two: shared }
}

test.each([
  ['FormData', { a: { b: new FormData() } }, '/a/b', 'a FormData'],
  ['a Map', [new Map([[1, 2]])], '/0', 'a Map'],
  ['a Set', new Set(), '', 'a Set'],
  ['URLSearchParams', new URLSearchParams('a=1'), '', 'a URLSearchParams'],
  ['a Blob', { file: new Blob([]) }, '/file', 'a Blob'],
  ['a Buffer', { file: Buffer.from('x') }, '/file', 'bytes (Uint8Array)'],
  ['an ArrayBuffer', new ArrayBuffer(1), '', 'an ArrayBuffer'],
  ['a stream', new ReadableStream(), '', 'a ReadableStream'],
  ['a promise', { a: Promise.resolve(1) }, '/a', 'a Promise'],
  ['an error', new Error('x'), '', 'an Error'],
  ['a regular expression', /x/, '', 'a RegExp'],
  ['a function', { 'a/b~': () => {} }, '/a~1b~0', 'a function'],
  ['a symbol', [Symbol('x')], '/0', 'a symbol'],
  ['NaN', { amount: Number.NaN }, '/amount', 'the number NaN'],
  ['infinity', { amount: Number.POSITIVE_INFINITY }, '/amount', 'the number Infinity'],
  ['a bigint', { amount: 1n }, '/amount', 'a bigint'],
  ['undefined in an array', [1, undefined], '/1', 'undefined'],
  ['a hole', Object.assign([1], { length: 2 }), '/1', 'undefined'],
  ['a circle', circular, '/self/circular', 'a circular structure'],
  ['what toJSON makes', { at: { toJSON: () => undefined } }, '/at', 'undefined'],
])('%s is found', (_, value, field, found) => {
  expect(findJsonLoss(value)).toEqual({ field, found })
})
