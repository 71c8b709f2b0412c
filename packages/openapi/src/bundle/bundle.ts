import { isRecord } from '@wechatpay-entrust/base'
import type { Report } from '../problems/report.ts'
import { below, namesOf } from '../source/pointer.ts'
import type { Place } from '../source/source.ts'
import { isReference, type Resolver, type Target } from './resolve.ts'
import { cleanName, isHome, nameOfPlace } from './schema-names.ts'

/** A JSON object that may still be changed. */
export type Json = Record<string, unknown>

/** A schema that something refers to. Until all are known, its name is a token. */
export interface BundledSchema {
  readonly token: string
  /** The name that its place suggests. */
  readonly name: string
  /** Whether the name is its own in `components/schemas` or `definitions`. */
  readonly isNamed: boolean
  readonly prefix: string
  readonly place: Target
  value: unknown
}

/**
 * - `object`: any object of OpenAPI; a `$ref` is replaced by what it refers to
 * - `schema`, `schemas`: a schema, or several by name; a `$ref` stays, and its target gets a name
 * - `example`: examples by name; a `$ref` is replaced
 * - `data`: copied as it is
 */
type Kind = 'object' | 'schema' | 'schemas' | 'schema list' | 'example' | 'data'

const schemaKinds: { readonly [keyword: string]: Kind } = {
  properties: 'schemas',
  patternProperties: 'schemas',
  dependentSchemas: 'schemas',
  $defs: 'schemas',
  definitions: 'schemas',
  items: 'schema',
  additionalProperties: 'schema',
  unevaluatedProperties: 'schema',
  unevaluatedItems: 'schema',
  propertyNames: 'schema',
  contains: 'schema',
  not: 'schema',
  if: 'schema',
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: 'schema',
  else: 'schema',
  allOf: 'schema list',
  anyOf: 'schema list',
  oneOf: 'schema list',
  prefixItems: 'schema list',
}
const objectKinds: { readonly [name: string]: Kind } = {
  schema: 'schema',
  definitions: 'schemas',
  example: 'data',
  examples: 'example',
  default: 'data',
  enum: 'data',
  'x-opened-resource': 'schema',
  'x-errors': 'object',
  'x-error-codes': 'object',
  'x-webhooks': 'object',
}

/** The values around a value, and the references that led to it. */
interface Above {
  readonly value: unknown
  readonly key: string | undefined
  readonly above: Above | undefined
  readonly depth: number
}

/** A document that people read has a tenth of it. */
const deepest = 500

const isInside = (above: Above | undefined, test: (one: Above) => boolean): boolean => {
  for (let one = above; one !== undefined; one = one.above) if (test(one)) return true
  return false
}

/** Copies parts of documents so that they refer only to schemas, by token. */
export function createBundle(resolver: Resolver, report: Report) {
  const origins = new WeakMap<object, Place>()
  const byPlace = new Map<string, BundledSchema>()
  const aliases = new Map<string, string>()
  const schemas: BundledSchema[] = []

  function copy(target: Target, kind: Kind, prefix: string, above?: Above): unknown {
    const { value } = target
    if (isInside(above, (one) => one.value === value && typeof value === 'object')) {
      report.problem('structure', target, 'an alias (*name) inside its own anchor', 'a $ref')
      return {}
    }
    const inside: Above = { value, key: undefined, above, depth: (above?.depth ?? 0) + 1 }
    if (inside.depth > deepest) {
      report.problem('structure', target, `more than ${deepest} levels`, 'fewer levels')
      return {}
    }
    if (Array.isArray(value)) {
      const itemKind = kind === 'schema list' ? 'schema' : kind
      return value.map((item, index) => copy(step(target, index, item), itemKind, prefix, inside))
    }
    if (!isRecord(value)) return value
    const made: Json =
      isReference(value) && kind !== 'data' && kind !== 'schemas'
        ? copyReference(target, kind, prefix, inside)
        : members(target, kind, prefix, inside)
    if (!origins.has(made)) origins.set(made, target)
    return made
  }

  function members(target: Target, kind: Kind, prefix: string, above: Above): Json {
    const entries = Object.entries(target.value as Json).flatMap(([name, value]) => {
      const to = step(target, name, value)
      if (kind === 'schema' && name === 'discriminator')
        return [[name, copyDiscriminator(to, prefix)]]
      const inner = kindOf(kind, name, target.pointer)
      if (kind !== 'data' && inner === 'data' && holdsReference(value)) {
        const place = `${to.source.file}#${to.pointer}`
        report.note('example', to, 'A value is data, so its $ref is not followed; left out', place)
        return []
      }
      return [[name, copy(to, inner, prefix, above)]]
    })
    return Object.fromEntries(entries)
  }

  function copyReference(target: Target, kind: Kind, prefix: string, above: Above): Json {
    const { $ref, ...beside } = target.value as Json & { $ref: string }
    const found = resolver.resolve($ref, target)
    if (found === undefined) return {}
    const rest = members({ ...target, value: beside }, kind, prefix, above)
    if (kind === 'schema') return { ...rest, $ref: `${prefix}${schemaAt(found, prefix).token}` }
    const key = keyOf(found)
    if (isInside(above, (one) => one.key === key)) {
      report.problem('reference-circular', target, `$ref ${JSON.stringify($ref)}, a circle`)
      return {}
    }
    const made = copy(found, kind, prefix, { value: undefined, key, above, depth: above.depth + 1 })
    return isRecord(made) ? bundle.remember({ ...made, ...rest }, origins.get(made)) : {}
  }

  /** The values of `mapping` are references, or names of schemas. */
  function copyDiscriminator(target: Target, prefix: string): unknown {
    const { value } = target
    if (!isRecord(value) || !isRecord(value.mapping)) return value
    const mapping = Object.entries(value.mapping).map(([name, ref]) => {
      if (typeof ref !== 'string' || !/[#/]|\.(ya?ml|json)$/i.test(ref)) return [name, ref]
      const found = resolver.resolve(ref, target)
      return [name, found ? `${prefix}${schemaAt(found, prefix).token}` : ref]
    })
    return { ...value, mapping: Object.fromEntries(mapping) }
  }

  function schemaAt(given: Target, prefix: string): BundledSchema {
    const place = behindAlias(given)
    const key = `${prefix}${keyOf(place)}`
    const known = byPlace.get(key)
    if (known) return known
    const token = `__ref_${schemas.length}__`
    const alias = aliases.get(keyOf(place))
    const made: BundledSchema = {
      token,
      prefix,
      name: alias ?? nameOfPlace(place),
      isNamed: alias !== undefined || isHome(place.pointer),
      place,
      value: undefined,
    }
    const [own = ''] = namesOf(place.pointer).slice(-1)
    if (isHome(place.pointer) && cleanName(own) !== own)
      report.note('schema-name', place, 'A name that no $ref can hold unchanged; renamed', own)
    byPlace.set(key, made)
    schemas.push(made)
    return made
  }

  /** `Order: { $ref: order.yaml }`: the schema of the file, under this name. */
  function behindAlias(place: Target): Target {
    const target = isHome(place.pointer) ? aliasedBy(place, resolver) : undefined
    return target && aliases.has(keyOf(target)) ? target : place
  }

  function aliasedBy(place: Target, by: Resolver): Target | undefined {
    if (!isReference(place.value) || Object.keys(place.value).length > 1) return undefined
    const target = by.resolve(place.value.$ref, place)
    return target && isHome(target.pointer) ? undefined : target
  }

  const bundle = {
    /**
     * Records that a named schema is only a reference to one without a name. It may turn out not to
     * be needed, so `quiet` does not report what is wrong.
     */
    addAlias(place: Target, quiet: Resolver): void {
      const target = aliasedBy(place, quiet)
      if (target && !aliases.has(keyOf(target))) aliases.set(keyOf(target), nameOfPlace(place))
    },
    /** `prefix` is that of the references to schemas: Swagger 2.0 has another one. */
    copy: (target: Target, kind: Kind, prefix: string): unknown => copy(target, kind, prefix),
    schemaAt,
    /** All schemas that were referred to, and those that they refer to. */
    finish(): readonly BundledSchema[] {
      // The loop also visits what is added during it.
      for (const schema of schemas)
        schema.value ??= copy(schema.place, 'schema', schema.prefix) ?? null
      return schemas
    },
    /** Where an object was read. */
    originOf: (value: object): Place | undefined => origins.get(value),
    /** Records where an object comes from that replaces another. */
    remember<Value extends object>(value: Value, place: Place | undefined): Value {
      if (place !== undefined) origins.set(value, place)
      return value
    },
  }
  return bundle
}

/**
 * Other tools follow a `$ref` wherever they find one, also in an example. Each object is visited
 * once, because aliases of YAML may lead back to it.
 */
function holdsReference(value: unknown, visited = new Set<object>(), depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (visited.has(value) || depth > deepest) return false
  visited.add(value)
  return (
    isReference(value) ||
    Object.values(value).some((one) => holdsReference(one, visited, depth + 1))
  )
}

export type Bundle = ReturnType<typeof createBundle>

const step = ({ source, pointer }: Target, name: string | number, value: unknown): Target => ({
  source,
  pointer: below(pointer, name),
  value,
})

function kindOf(kind: Kind, name: string, pointer: string): Kind {
  if (kind === 'data') return 'data'
  if (kind === 'example') return pointer.endsWith('/examples') ? 'example' : 'data'
  if (kind === 'schemas') return 'schema'
  if (kind === 'schema' || kind === 'schema list') return schemaKinds[name] ?? 'data'
  if (name === 'schemas' && pointer.endsWith('/components')) return 'schemas'
  // Names of paths, responses and components are no keywords.
  if (/\/(paths|responses|parameters|requestBodies|headers|content)$/.test(pointer)) return 'object'
  return objectKinds[name] ?? (name.startsWith('x-') ? 'data' : 'object')
}

const keyOf = ({ source, pointer }: Place): string => `${source.path}#${pointer}`
