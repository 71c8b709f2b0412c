import { escapePointer } from '@wechatpay-entrust/base'
import type { JsonSchema } from './json-schema.ts'

/** Where `#/components/schemas/…` points. */
export type Definitions = { readonly [name: string]: JsonSchema }

/**
 * A schema with its references resolved. It is prepared once and cached, because every request is
 * checked. All objects have the same members in the same order, so that V8 reads them fast.
 */
export interface PreparedSchema {
  /** The schema itself, for the error texts. */
  readonly schema: JsonSchema
  readonly type: string | undefined
  readonly values: readonly unknown[] | undefined
  readonly minLength: number
  readonly maxLength: number
  readonly minimum: number
  readonly maximum: number
  readonly pattern: RegExp | undefined
  readonly allowsLoopback: boolean
  readonly members: readonly Member[]
  /** Whether other members than its own are violations. */
  readonly isClosed: boolean
  readonly items: PreparedSchema | undefined
  readonly allOf: readonly PreparedSchema[]
  readonly anyOf: readonly PreparedSchema[]
}

/** A member that a schema describes or requires. */
export interface Member {
  readonly name: string
  /** Its step in a JSON Pointer. */
  readonly step: string
  readonly schema: PreparedSchema
  readonly isRequired: boolean
}

const prepared = new WeakMap<Definitions, WeakMap<JsonSchema, PreparedSchema>>()

export function prepareSchema(given: JsonSchema, definitions: Definitions): PreparedSchema {
  const known = prepared.get(definitions) ?? new WeakMap<JsonSchema, PreparedSchema>()
  return known.get(given) ?? prepare(given, definitions, known)
}

function prepare(
  given: JsonSchema,
  definitions: Definitions,
  known: WeakMap<JsonSchema, PreparedSchema>,
): PreparedSchema {
  const schema = resolveSchema(given, definitions)
  const { properties = {}, required = [] } = schema
  const allOf: PreparedSchema[] = []
  const anyOf: PreparedSchema[] = []
  const members: Member[] = []
  const made = {
    schema,
    type: schema.type,
    values: schema.enum,
    minLength: schema.minLength ?? 0,
    maxLength: schema.maxLength ?? Number.POSITIVE_INFINITY,
    minimum: schema.minimum ?? Number.NEGATIVE_INFINITY,
    maximum: schema.maximum ?? Number.POSITIVE_INFINITY,
    pattern: schema.pattern === undefined ? undefined : new RegExp(schema.pattern, 'u'),
    allowsLoopback: schema['x-loopback-http'] === true,
    members,
    isClosed: schema.additionalProperties === false,
    items: undefined as PreparedSchema | undefined,
    allOf,
    anyOf,
  }
  // Cache it before its parts: a schema may refer to itself.
  prepared.set(definitions, known.set(given, made))
  const part = (one: JsonSchema) => prepareSchema(one, definitions)
  if (schema.items !== undefined) made.items = part(schema.items)
  allOf.push(...(schema.allOf ?? []).map(part))
  anyOf.push(...(schema.anyOf ?? []).map(part))
  for (const name of new Set([...Object.keys(properties), ...required])) {
    const isRequired = required.includes(name)
    members.push({
      name,
      step: `/${escapePointer(name)}`,
      schema: part(properties[name] ?? {}),
      isRequired,
    })
  }
  return made
}

/** Resolves `$ref`. Keywords beside it override those of the referenced schema. */
export function resolveSchema(schema: JsonSchema, definitions: Definitions): JsonSchema {
  if (schema.$ref === undefined) return schema
  const target = definitions[schema.$ref.replace('#/components/schemas/', '')]
  if (target === undefined)
    throw new TypeError(`The spec refers to ${schema.$ref}, which does not exist`)
  const { $ref, ...beside } = schema
  return { ...resolveSchema(target, definitions), ...beside }
}
