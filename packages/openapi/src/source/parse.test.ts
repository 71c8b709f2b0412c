import { expect, test } from 'vitest'
import { parseJson } from './read-json.ts'
import { parseYaml } from './read-yaml.ts'
import type { Parsed } from './source.ts'

const problemsOf = (parsed: Parsed) => ('problems' in parsed ? parsed.problems : [])
const positionIn = (parsed: Parsed, pointer: string) => {
  if ('problems' in parsed) throw new Error('not parsed')
  const { line, column } = parsed.locate(pointer)
  return `${line}:${column}`
}

test('YAML: line and column of each value, also in lists, behind aliases and below what is absent', () => {
  const parsed = parseYaml(
    'openapi: 3.1.0\npaths:\n  /v3/a~b:\n    get: &get\n      tags: [x, y]\n      responses:\n        200: {}\n  /v3/b:\n    get: *get\n',
  )
  expect(parsed).toMatchObject({ value: { paths: { '/v3/b': { get: { tags: ['x', 'y'] } } } } })
  expect(positionIn(parsed, '')).toBe('1:1')
  expect(positionIn(parsed, '/paths/~1v3~1a~0b/get')).toBe('4:5')
  expect(positionIn(parsed, '/paths/~1v3~1a~0b/get/tags/1')).toBe('5:17')
  expect(positionIn(parsed, '/paths/~1v3~1a~0b/get/responses/200')).toBe('7:9')
  expect(positionIn(parsed, '/paths/~1v3~1b/get/tags')).toBe('5:7')
  expect(positionIn(parsed, '/paths/~1v3~1b/post/tags')).toBe('8:3')
  expect(positionIn(parsed, '/paths/~1v3~1b/get/tags/7/x')).toBe('5:7')
})

test('YAML: merge keys are read', () => {
  expect(parseYaml('a: &a {x: 1}\nb: {<<: *a, y: 2}')).toMatchObject({
    value: { b: { x: 1, y: 2 } },
  })
})

test('YAML: what is wrong, without the text of the file', () => {
  expect(problemsOf(parseYaml('a: 1\na: 2'))).toMatchInlineSnapshot(`
    [
      {
        "code": "yaml",
        "column": 1,
        "found": "a key twice in one map",
        "line": 2,
      },
    ]
  `)
  expect(problemsOf(parseYaml('a: {\n  b: "secret'))).toMatchInlineSnapshot(`
    [
      {
        "code": "yaml",
        "column": 13,
        "found": "a syntax error (Missing closing "quote)",
        "line": 2,
      },
      {
        "code": "yaml",
        "column": 13,
        "found": "a syntax error (Flow map in block collection must be sufficiently indented and end with a })",
        "line": 2,
      },
    ]
  `)
  expect(problemsOf(parseYaml('a: 1\n---\nb: 1'))).toMatchInlineSnapshot(`
    [
      {
        "code": "yaml",
        "column": 1,
        "found": "several documents in one file (a line of ---)",
        "line": 2,
      },
    ]
  `)
  expect(problemsOf(parseYaml('a:\n\t- secret'))).toMatchInlineSnapshot(`
    [
      {
        "code": "yaml",
        "column": 1,
        "found": "a syntax error (Tabs are not allowed as indentation)",
        "line": 2,
      },
    ]
  `)
  expect(problemsOf(parseYaml('a: *nothing'))).toMatchInlineSnapshot(`
    [
      {
        "code": "yaml",
        "column": 4,
        "found": "the alias *nothing without an anchor before it",
        "line": 1,
      },
    ]
  `)
})

test('YAML: aliases of aliases do not fill the memory', () => {
  const levels = Array.from(
    { length: 12 },
    (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}*l${n}]`,
  )
  expect(problemsOf(parseYaml(`l0: &l0 [x]\n${levels.join('\n')}`))).toMatchObject([
    { code: 'yaml' },
  ])
})

test('JSON: line and column of each value', () => {
  const parsed = parseJson('{\n  "a": [1, {"b": "x, }"}],\n  "c~/": {\n    "d": null }\n}')
  expect(positionIn(parsed, '')).toBe('1:1')
  expect(positionIn(parsed, '/a/1/b')).toBe('2:18')
  expect(positionIn(parsed, '/c~0~1/d')).toBe('4:10')
  expect(positionIn(parsed, '/c~0~1/e')).toBe('3:10')
})

test('JSON: what is wrong, without the text of the file', () => {
  expect(problemsOf(parseJson('{"a": 1,}'))).toMatchInlineSnapshot(`
    [
      {
        "code": "json",
        "column": 9,
        "found": ""}", which JSON does not allow here",
        "line": 1,
      },
    ]
  `)
  expect(problemsOf(parseJson('{"a": "secret'))).toMatchInlineSnapshot(`
    [
      {
        "code": "json",
        "column": 14,
        "found": "the end of the file, where JSON is not complete",
        "line": 1,
      },
    ]
  `)
  expect(problemsOf(parseJson('{"a": [1, 2\n'))).toMatchInlineSnapshot(`
    [
      {
        "code": "json",
        "column": 1,
        "found": "the end of the file, where JSON is not complete",
        "line": 2,
      },
    ]
  `)
  expect(problemsOf(parseJson('// comment\n{}'))).toMatchInlineSnapshot(`
    [
      {
        "code": "json",
        "column": 1,
        "found": ""/", which JSON does not allow here",
        "line": 1,
      },
    ]
  `)
  expect(problemsOf(parseJson('{"a": nul}'))).toMatchInlineSnapshot(`
    [
      {
        "code": "json",
        "column": 10,
        "found": ""}", which JSON does not allow here",
        "line": 1,
      },
    ]
  `)
  expect(
    problemsOf(parseJson('{\n "a": 1,\n "b": {"a": 1, "a": 2},\n "a": 3}')),
  ).toMatchInlineSnapshot(`
    [
      {
        "code": "json",
        "column": 16,
        "found": "the member "a" twice in one object",
        "line": 3,
      },
      {
        "code": "json",
        "column": 2,
        "found": "the member "a" twice in one object",
        "line": 4,
      },
    ]
  `)
})
