import { expect, test } from 'vitest'
import { hex } from '../testing/vectors.ts'
import { contentsOf, derTag, readDer, readInside, writeDer } from './der.ts'

test('readDer reads what writeDer wrote, with short and long lengths', () => {
  for (const length of [0, 1, 127, 128, 255, 256, 70_000]) {
    const [element, ...rest] = readInside(
      readDer(writeDer(derTag.sequence, writeDer(derTag.octetString, new Uint8Array(length))))[0],
      derTag.sequence,
    )
    expect(contentsOf(element, derTag.octetString)).toHaveLength(length)
    expect(rest).toEqual([])
  }
})

test.each([
  ['a header that is cut off', '04'],
  ['a tag of several octets', '1f0100'],
  ['an indefinite length', '30800000'],
  ['a length of four octets', '048400000001ff'],
  ['a length that is cut off', '048201'],
  ['contents that are cut off', '0402ff'],
  ['a second element that is cut off', '0500 0402ff'],
])('%s is rejected (T-23)', (_, text) => {
  expect(() => readDer(hex(text.replace(' ', '')))).toThrow(/DER/)
})

test('an element with another tag, or no element, is rejected', () => {
  expect(() => contentsOf(readDer(hex('0400'))[0], derTag.integer)).toThrow(
    'unexpected DER element',
  )
  expect(() => readInside(undefined, derTag.sequence)).toThrow('unexpected DER element')
})
