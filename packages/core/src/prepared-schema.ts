/** What a check needs of a schema, made once: a spec's schemas are few and stay the same, and each request meets its own. */
import type { JsonSchema } from './json-schema.ts'

/** Where `#/components/schemas/…` points. */
type Definitions = { readonly [name: string]: JsonSchema }

const resolved = new WeakMap<JsonSchema, { definitions: Definitions; schema: JsonSchema }>()
const patterns = new WeakMap<JsonSchema, RegExp>()
const members = new WeakMap<JsonSchema, readonly Member[]>()

/** Follows `$ref` to the schema it names. */
export function resolveSchema(schema: JsonSchema, definitions: Definitions): JsonSchema {
  if (schema.$ref === undefined) return schema
  const known = resolved.get(schema)
  if (known?.definitions === definitions) return known.schema
  const target = definitions[schema.$ref.replace('#/components/schemas/', '')]
  if (target === undefined) throw new TypeError(`The spec refers to ${schema.$ref}, which does not exist`)
  const { $ref, ...beside } = schema
  const result = { ...resolveSchema(target, definitions), ...beside }
  resolved.set(schema, { definitions, schema: result })
  return result
}

export function patternOf(schema: JsonSchema, pattern: string): RegExp {
  const known = patterns.get(schema)
  if (known) return known
  const made = new RegExp(pattern, 'u')
  patterns.set(schema, made)
  return made
}

/** A member that a schema describes or requires. */
export interface Member {
  readonly name: string
  /** Its step in a JSON Pointer. */
  readonly step: string
  readonly schema: JsonSchema
  readonly isRequired: boolean
}

export function membersOf(schema: JsonSchema): readonly Member[] {
  const known = members.get(schema)
  if (known) return known
  const { properties = {}, required = [] } = schema
  const names = [...new Set([...Object.keys(properties), ...required])]
  const made = names.map((name) => ({
    name,
    step: `/${escapePointer(name)}`,
    schema: properties[name] ?? {},
    isRequired: required.includes(name),
  }))
  members.set(schema, made)
  return made
}

/** A name as a step of a JSON Pointer. */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
