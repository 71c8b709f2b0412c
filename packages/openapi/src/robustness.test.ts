import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findMalformed } from '@wechatpay-entrust/core/spec'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { DocumentError, type ReadDocuments } from './index.ts'
import { readFiles } from './testing/read-files.ts'

const documents = ['swagger-2.0.yaml', 'openapi-3.0.json', 'rich-3.1.yaml'].map((name) => {
  const path = fileURLToPath(new URL(`testing/documents/${name}`, import.meta.url))
  return parse(readFileSync(path, 'utf8')) as object
})

/** What is found in the wrong place in documents that people write. */
const junk = fc.constantFrom<unknown[]>(
  null,
  true,
  false,
  0,
  -1.5,
  '',
  'text',
  [],
  [null],
  ['a', 1],
  {},
  { a: null },
  { $ref: '#/nothing' },
  { $ref: '#' },
  { $ref: '#/paths' },
  { $ref: 3 },
  { $ref: '#/components/schemas/Coupon' },
  { type: 'array' },
  { allOf: [{ $ref: '#/components/schemas/Coupon' }] },
  { allOf: null, enum: 3, items: [], required: 'x' },
  { in: 'query', name: 3 },
  [{ name: 'a', in: 'body' }],
  { 'application/json': null },
  { properties: { __proto__: null, constructor: 1 } },
  { '200': { content: { 'application/json': { schema: 3, examples: [1] } } } },
)

/** All places of a value. */
function placesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]]
  return [
    [...path],
    ...Object.entries(value).flatMap(([name, member]) => placesOf(member, [...path, name])),
  ]
}

function replaceAt(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by
  const copy = structuredClone(value) as { [name: string]: unknown }
  copy[name] = replaceAt(copy[name], rest, by)
  return copy
}

const mutated = fc.constantFrom(...documents).chain((document) =>
  fc
    .array(fc.tuple(fc.constantFrom(...placesOf(document)), junk), { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce<unknown>((made, [path, by]) => {
        try {
          return replaceAt(made, path, by)
        } catch {
          return made // an earlier change removed the place
        }
      }, document),
    ),
)

test('whatever is in a document: its problems are reported, or the data has its form', async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (document) => {
      const read: ReadDocuments | DocumentError = await readFiles({ 'a.json': document }).catch(
        (error: unknown) => {
          if (error instanceof DocumentError) return error
          throw error
        },
      )
      if (read instanceof DocumentError) expect(read.problems.length).toBeGreaterThan(0)
      else expect(findMalformed(read.spec)).toBeUndefined()
    }),
    { numRuns: Number(process.env.RUNS ?? 200), seed: 15 },
  )
})
