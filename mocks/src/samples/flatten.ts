import type { JsonSchema } from '@wechatpay-entrust/core'
import type { Definitions } from '../operations/played-operation.ts'

/** One schema with its references resolved and the parts of `allOf` joined. */
export interface FlatSchema {
  /** Undefined: any type. */
  readonly types: readonly string[] | undefined
  readonly examples: readonly unknown[]
  readonly values: readonly unknown[] | undefined
  readonly properties: ReadonlyMap<string, JsonSchema>
  readonly required: ReadonlySet<string>
  readonly items: JsonSchema | undefined
  /** Lists of which one part must fit: each `anyOf` and `oneOf`. */
  readonly choices: readonly (readonly JsonSchema[])[]
  readonly format: string | undefined
  readonly patterns: readonly string[]
  readonly minLength: number
  readonly maxLength: number
  /** Both limits are included. */
  readonly minimum: number
  readonly maximum: number
  readonly minItems: number
  readonly maxItems: number
}

/** Joins schemas of which all must fit. */
export function flatten(schemas: readonly JsonSchema[], definitions: Definitions): FlatSchema {
  const parts = collect(schemas, definitions, new Set())
  const properties = joinProperties(parts)
  const lists = parts.map(({ type }) => type).filter((type) => type !== undefined)
  const enums = parts.map((part) => part.enum).filter((values) => values !== undefined)
  const items = parts.map((part) => part.items).filter((part) => part !== undefined)
  const largest = (name: keyof JsonSchema, least: number) =>
    Math.max(least, ...numbersOf(parts, name))
  const smallest = (name: keyof JsonSchema, most: number) =>
    Math.min(most, ...numbersOf(parts, name))
  const { POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number
  const step = lists.flat().includes('integer') ? 1 : 0.01
  return {
    types: common(lists.map((type) => [type].flat())),
    examples: parts.map(({ example }) => example).filter((example) => example !== undefined),
    values: common(enums),
    properties,
    required: new Set(parts.flatMap(({ required = [] }) => required)),
    items: items.length > 1 ? { allOf: items } : items[0],
    choices: parts.flatMap(({ anyOf, oneOf }) =>
      [anyOf, oneOf].filter((list) => list?.length),
    ) as readonly (readonly JsonSchema[])[],
    format: parts.find((part) => part.format !== undefined)?.format,
    patterns: parts.map(({ pattern }) => pattern).filter((pattern) => pattern !== undefined),
    minLength: largest('minLength', 0),
    maxLength: smallest('maxLength', POSITIVE_INFINITY),
    minimum: Math.max(
      largest('minimum', NEGATIVE_INFINITY),
      largest('exclusiveMinimum', NEGATIVE_INFINITY) + step,
    ),
    maximum: Math.min(
      smallest('maximum', POSITIVE_INFINITY),
      smallest('exclusiveMaximum', POSITIVE_INFINITY) - step,
    ),
    minItems: largest('minItems', 0),
    maxItems: smallest('maxItems', POSITIVE_INFINITY),
  }
}

/**
 * The schemas of each property. One that several parts have is taken once: otherwise parts that refer
 * to each other would double at each level.
 */
function joinProperties(parts: readonly JsonSchema[]): Map<string, JsonSchema> {
  const all = new Map<string, Map<unknown, JsonSchema>>()
  for (const [name, schema] of parts.flatMap((part) => Object.entries(part.properties ?? {}))) {
    const known = all.get(name) ?? new Map<unknown, JsonSchema>()
    for (const one of partsOf(schema)) known.set(isOnlyRef(one) ? one.$ref : one, one)
    all.set(name, known)
  }
  return new Map(
    [...all].map(([name, known]): [string, JsonSchema] => {
      const [first = {}, ...more] = known.values()
      return [name, more.length === 0 ? first : { allOf: [first, ...more] }]
    }),
  )
}

const isOnlyRef = (schema: JsonSchema): boolean =>
  schema.$ref !== undefined && Object.keys(schema).length === 1

/** The parts of a schema that is nothing but `allOf`. */
const partsOf = (schema: JsonSchema): readonly JsonSchema[] =>
  schema.allOf !== undefined && Object.keys(schema).length === 1 ? schema.allOf : [schema]

/** The types that a schema allows; undefined: any. */
export const typesOf = (schema: JsonSchema, definitions: Definitions) =>
  flatten([schema], definitions).types

function collect(
  schemas: readonly JsonSchema[],
  definitions: Definitions,
  seen: Set<JsonSchema>,
): JsonSchema[] {
  return schemas.flatMap((schema) => {
    if (seen.has(schema)) return []
    seen.add(schema)
    const { $ref, allOf = [] } = schema
    const target = $ref === undefined ? undefined : definitions[nameOf($ref)]
    return [schema, ...collect([...(target ? [target] : []), ...allOf], definitions, seen)]
  })
}

export const nameOf = ($ref: string): string => $ref.replace('#/components/schemas/', '')

function numbersOf(parts: readonly JsonSchema[], name: keyof JsonSchema): number[] {
  return parts.map((part) => part[name]).filter((value) => typeof value === 'number')
}

/** What all lists have in common; undefined without a list. */
function common<Item>(lists: readonly (readonly Item[])[]): readonly Item[] | undefined {
  const [first, ...rest] = lists
  return first?.filter((item) => rest.every((list) => list.includes(item)))
}
