import { checkSchema, type JsonSchema } from '@wechatpay-entrust/core'
import type { Definitions } from '../operations/played-operation.ts'
import { type FlatSchema, flatten } from './flatten.ts'
import { sampleNumber, sampleText } from './sample-text.ts'

export interface SampleContext {
  readonly definitions: Definitions
  /** For times without an example, in milliseconds. */
  readonly now: number
}

/** A schema that refers to itself ends here. */
const deepest = 10
/** So many schemas at most, for one value: parts that refer to each other multiply. */
const most = 1000
/** A list whose JSON would be longer has one item, whatever `minItems` says. */
const longest = 5000

interface Work extends SampleContext {
  /** How many schemas may still be read. */
  left: number
  /** Whether a schema has an example, as far as known. */
  readonly known: Map<JsonSchema, boolean>
}

/**
 * A value that fits a schema: its `example`, else the first value of `enum`, else one made from its
 * type and limits. Of an object it has the required members, and the optional ones that have an
 * example. The same schema and time give the same value. Where nothing fits (e.g. a pattern that is
 * too complicated) the value does not fit either.
 */
export function sampleValue(schema: JsonSchema, context: SampleContext): unknown {
  return sample(schema, { ...context, left: most, known: new Map() }, [])
}

function sample(schema: JsonSchema, context: Work, above: readonly JsonSchema[]): unknown {
  context.left -= 1
  if (context.left < 0) return undefined
  const inside = [...above, schema]
  let first: { value: unknown } | undefined
  for (const value of candidates(schema, context, inside)) {
    if (fits(schema, value, context)) return value
    first ??= { value }
  }
  return first?.value
}

function* candidates(
  schema: JsonSchema,
  context: Work,
  inside: readonly JsonSchema[],
): Generator<unknown> {
  const { definitions } = context
  const whole = flatten([schema], definitions)
  for (const example of whole.examples) yield* inTypes(example, whole)
  if (whole.values !== undefined) yield* whole.values
  const rounds = Math.max(1, ...whole.choices.map((parts) => parts.length))
  for (let index = 0; index < rounds; index += 1) {
    const chosen = whole.choices.flatMap((parts) => parts[Math.min(index, parts.length - 1)] ?? [])
    const flat = chosen.length === 0 ? whole : flatten([schema, ...chosen], definitions)
    for (const example of flat.examples) yield* inTypes(example, flat)
    if (flat.values !== undefined) yield* flat.values
    yield build(flat, context, inside)
  }
}

/** An example as it is, then as the type that the schema has: documents mix `1` and `"1"`. */
function* inTypes(example: unknown, { types }: FlatSchema): Generator<unknown> {
  yield example
  if (typeof example === 'number' || typeof example === 'boolean') yield String(example)
  if (typeof example !== 'string' || types === undefined) return
  if (/^-?\d{1,15}(\.\d+)?$/.test(example)) yield Number(example)
  if (example === 'true' || example === 'false') yield example === 'true'
}

function build(flat: FlatSchema, context: Work, inside: readonly JsonSchema[]): unknown {
  switch (typeFor(flat)) {
    case 'object':
      return buildObject(flat, context, inside)
    case 'array':
      return buildArray(flat, context, inside)
    case 'integer':
      return sampleNumber(flat, true)
    case 'number':
      return sampleNumber(flat, false)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return sampleText(flat, context.now)
  }
}

function typeFor({ types, properties, required, items }: FlatSchema): string {
  const type = types?.find((one) => one !== 'null') ?? types?.[0]
  if (type !== undefined) return type
  if (items !== undefined) return 'array'
  return properties.size > 0 || required.size > 0 ? 'object' : 'string'
}

function buildObject(
  { properties, required }: FlatSchema,
  context: Work,
  inside: readonly JsonSchema[],
): Record<string, unknown> {
  const members: [string, unknown][] = []
  for (const [name, schema] of properties) {
    const isNeeded = required.has(name)
    if (!isNeeded && !hasExample(schema, context, inside)) continue
    if (inside.length > deepest) continue
    const value = sample(schema, context, inside)
    if (isNeeded || fits(schema, value, context)) members.push([name, value])
  }
  for (const name of required) if (!properties.has(name)) members.push([name, 'text'])
  return Object.fromEntries(members)
}

function buildArray(
  { items = {}, minItems, maxItems }: FlatSchema,
  context: Work,
  inside: readonly JsonSchema[],
): unknown[] {
  const isRepeated = inside.slice(0, -1).includes(items) || inside.length > deepest
  if (minItems === 0 && (isRepeated || maxItems < 1)) return []
  const item = inside.length > deepest ? undefined : sample(items, context, inside)
  if (minItems === 0 && !fits(items, item, context)) return []
  const size = (JSON.stringify(item) ?? '').length + 1
  const length = size * minItems > longest ? 1 : Math.max(1, minItems)
  return Array.from({ length }, () => structuredClone(item))
}

/** Whether a schema, or a part of it, has an example. One that is already being made has none. */
function hasExample(schema: JsonSchema, context: Work, inside: readonly JsonSchema[]): boolean {
  if (inside.length > deepest) return false
  if (inside.some((one) => one === schema || isSameRef(one, schema))) return false
  const known = context.known.get(schema)
  if (known !== undefined) return known
  const { examples, properties, items } = flatten([schema], context.definitions)
  const parts = [...properties.values(), ...(items === undefined ? [] : [items])]
  const within = [...inside, schema]
  const found = examples.length > 0 || parts.some((part) => hasExample(part, context, within))
  context.known.set(schema, found)
  return found
}

const isSameRef = (one: JsonSchema, other: JsonSchema): boolean =>
  one.$ref !== undefined && one.$ref === other.$ref

export const fits = (
  schema: JsonSchema,
  value: unknown,
  { definitions }: Pick<SampleContext, 'definitions'>,
): boolean =>
  value !== undefined &&
  checkSchema(schema, value, { definitions, allowLoopbackHttp: true }).length === 0
