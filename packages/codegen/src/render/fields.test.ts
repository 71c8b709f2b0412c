import { expect, test } from 'vitest'
import type { Document, Schema } from './document.ts'
import { fieldLines } from './fields.ts'

const document: Document = {
  components: {
    schemas: {
      Amount: { type: 'object', required: ['total'], properties: { total: { type: 'integer' } } },
      Node: {
        type: 'object',
        properties: { name: { type: 'string' }, next: { $ref: '#/components/schemas/Node' } },
      },
    },
  },
}
const lines = (properties: Record<string, Schema>, required: string[] = []) =>
  fieldLines(document, { type: 'object', properties, required })

test.each<[Schema, string]>([
  [{ type: 'string', minLength: 1, maxLength: 32 }, 'string, 1 to 32 characters'],
  [{ type: 'string', minLength: 6, maxLength: 6 }, 'string, 6 characters'],
  [{ type: 'string', maxLength: 64 }, 'string, at most 64 characters'],
  [{ type: 'integer', minimum: 1 }, 'integer, at least 1'],
  [{ type: 'integer', minimum: -(2 ** 53 - 1), maximum: 2 ** 53 - 1 }, 'integer'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ type: 'string', enum: ['A', 'B'] }, '`A` | `B`'],
  [{ type: 'integer', enum: [1, 2], default: 1 }, '`1` | `2`, default `1`'],
  [{ type: 'array', items: { type: 'string' }, maxItems: 5 }, 'string[], at most 5 items'],
  [{ type: 'array', items: { enum: ['A', 'B'] } }, '(`A` | `B`)[]'],
  [{ type: 'string', pattern: '^a$' }, 'string, `^a$`'],
  [{ type: 'string', pattern: '^a$', 'x-pattern-says': 'only a' }, 'string, only a'],
  [{}, 'any'],
  [{ type: 'string', description: '第一行\n第二行' }, 'string: 第一行'],
  [{ type: 'string', description: '@internal now' }, 'string: \\@internal now'],
])('%j is shown as %s', (schema, shown) => {
  expect(lines({ a: schema })).toEqual([`- \`a\` ${shown}`])
})

test('required fields, and the fields of objects, of lists and of references', () => {
  expect(
    lines(
      {
        amount: { $ref: '#/components/schemas/Amount' },
        goods: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } },
      },
      ['amount'],
    ),
  ).toEqual([
    '- `amount` object, required',
    '- `amount.total` integer, required',
    '- `goods` object[]',
    '- `goods[].id` string',
  ])
})

test('the parts of allOf are one list', () => {
  const schema: Schema = {
    allOf: [
      { $ref: '#/components/schemas/Amount' },
      { type: 'object', required: ['b'], properties: { b: { type: 'string' } } },
    ],
  }
  expect(fieldLines(document, schema)).toEqual([
    '- `total` integer, required',
    '- `b` string, required',
  ])
})

test('a schema that refers to itself ends', () => {
  expect(fieldLines(document, { $ref: '#/components/schemas/Node' })).toEqual([
    '- `name` string',
    '- `next` object',
    '- `next.name` string',
    '- `next.next` object',
  ])
})

test('at most 40 fields are shown, and the rest is counted', () => {
  const many = Object.fromEntries(
    Array.from({ length: 45 }, (_, at): [string, Schema] => [`f${at}`, { type: 'string' }]),
  )
  expect(lines(many)).toHaveLength(41)
  expect(lines(many).at(-1)).toBe('- … 5 more')
})
