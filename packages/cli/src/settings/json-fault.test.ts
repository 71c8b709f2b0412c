import { expect, test } from 'vitest'
import { findJsonFault } from './json-fault.ts'

test.each([
  ['', 1, 1],
  ['{', 1, 2],
  ['{\n  "mchid": "1",\n}', 3, 1],
  ['{\n  "mchid": "1"\n  "inbox": "x"\n}', 3, 3],
  ["{ 'mchid': 1 }", 1, 3],
  ['{ "mchid" "1" }', 1, 11],
  ['{ "a": [1, 2, tru] }', 1, 15],
  ['{ "a": 01 }', 1, 8],
  ['{}\n{}', 2, 1],
  ['{\r\n  // a comment\r\n}', 2, 3],
  ['{ "a": "line\nend" }', 1, 8],
  ['mchid: 1', 1, 1],
])('%j is wrong at line %i, column %i', (source, line, column) => {
  expect(() => JSON.parse(source)).toThrow()
  expect(findJsonFault(source)).toEqual({ line, column })
})
