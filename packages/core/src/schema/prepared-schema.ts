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
  /** Undefined: any type. */
  readonly types: readonly string[] | undefined
  readonly values: readonly unknown[] | undefined
  readonly minLength: number
  readonly maxLength: number
  readonly minimum: number
  readonly maximum: number
  readonly exclusiveMinimum: number
  readonly exclusiveMaximum: number
  readonly minItems: number
  readonly maxItems: number
  readonly pattern: RegExp | undefined
  readonly allowsLoopback: boolean
  readonly members: readonly Member[]
  /** Whether other members than its own are violations. */
  readonly isClosed: boolean
  /** What the values of other members must be. */
  readonly others: PreparedSchema | undefined
  /** Whether null is a value that it allows. */
  readonly allowsNull: boolean
  readonly items: PreparedSchema | undefined
  readonly allOf: readonly PreparedSchema[]
  readonly anyOf: readonly PreparedSchema[]
  readonly oneOf: readonly PreparedSchema[]
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
  const oneOf: PreparedSchema[] = []
  const members: Member[] = []
  const made = {
    schema,
    types: typesOf(schema),
    values: schema.enum,
    minLength: schema.minLength ?? 0,
    maxLength: schema.maxLength ?? Number.POSITIVE_INFINITY,
    minimum: schema.minimum ?? Number.NEGATIVE_INFINITY,
    maximum: schema.maximum ?? Number.POSITIVE_INFINITY,
    exclusiveMinimum: schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY,
    exclusiveMaximum: schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY,
    minItems: schema.minItems ?? 0,
    maxItems: schema.maxItems ?? Number.POSITIVE_INFINITY,
    pattern: schema.pattern === undefined ? undefined : compilePattern(schema.pattern),
    allowsLoopback: schema['x-loopback-http'] === true,
    members,
    isClosed: schema.additionalProperties === false,
    others: undefined as PreparedSchema | undefined,
    allowsNull: allowsNull(schema),
    items: undefined as PreparedSchema | undefined,
    allOf,
    anyOf,
    oneOf,
  }
  // Cache it before its parts: a schema may refer to itself.
  prepared.set(definitions, known.set(given, made))
  const part = (one: JsonSchema) => prepareSchema(one, definitions)
  if (schema.items !== undefined) made.items = part(schema.items)
  allOf.push(...(schema.allOf ?? []).map(part))
  anyOf.push(...(schema.anyOf ?? []).map(part))
  oneOf.push(...(schema.oneOf ?? []).map(part))
  const { additionalProperties } = schema
  if (typeof additionalProperties === 'object') made.others = part(additionalProperties)
  for (const name of new Set([...Object.keys(properties), ...required])) {
    const isRequired = required.includes(name)
    members.push({
      name,
      step: `/${escapePointer(name)}`,
      schema: part((Object.hasOwn(properties, name) ? properties[name] : undefined) ?? anything),
      isRequired,
    })
  }
  return made
}

/** The schema of a member that is required and not described. */
const anything: JsonSchema = {}

/** The types of a schema as a list; undefined for any type. */
export function typesOf({ type }: JsonSchema): readonly string[] | undefined {
  return typeof type === 'string' ? [type] : type
}

/** A schema without a type and without a described content leaves null to its parts. */
function allowsNull(schema: JsonSchema): boolean {
  const { properties, items, enum: values } = schema
  const types = typesOf(schema)
  if (values?.includes(null) || types?.includes('null')) return true
  return types === undefined && values === undefined && !properties && !items
}

/**
 * Compiles a pattern. Documents are also written for Java or Go, so a pattern that is not valid with
 * the flag `u` is tried without it. One that JavaScript cannot compile at all is undefined, and the
 * text is not checked: the server has the final decision.
 */
export function compilePattern(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags)
    } catch {
      // The next flag, or no pattern.
    }
  }
  return undefined
}

/** Resolves `$ref`. Keywords beside it override those of the referenced schema. */
export function resolveSchema(schema: JsonSchema, definitions: Definitions): JsonSchema {
  if (schema.$ref === undefined) return schema
  const name = schema.$ref.replace('#/components/schemas/', '')
  const target = Object.hasOwn(definitions, name) ? definitions[name] : undefined
  if (target === undefined)
    throw new TypeError(`The spec refers to ${schema.$ref}, which does not exist`)
  const { $ref, ...beside } = schema
  return { ...resolveSchema(target, definitions), ...beside }
}
