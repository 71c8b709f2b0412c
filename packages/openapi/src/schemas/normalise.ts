import { isRecord, nearestName } from '@wechatpay-entrust/base'
import type { Bundle, Json } from '../bundle/bundle.ts'
import { nameOf } from '../problems/name-of.ts'
import type { Report } from '../problems/report.ts'
import type { Place } from '../source/source.ts'
import { keywords } from './keywords.ts'

/** Extensions that are near a known one, but are others of this project. */
const otherExtensions = ['x-unknown', 'x-inferred', 'x-inferred-why', 'x-nullable']

/**
 * Brings schemas into the form of OpenAPI 3.1: `nullable` and boolean `exclusiveMinimum` of 3.0 are
 * rewritten, boolean schemas become objects, and what no tool can read is left out and noted.
 */
export function createNormaliser({ originOf }: Pick<Bundle, 'originOf'>, report: Report) {
  return function normalise(given: unknown, around: Place): Json {
    if (given === true) return {}
    if (given === false) return { not: {} }
    if (!isRecord(given)) {
      report.problem(
        'structure',
        around,
        `a schema that is ${nameOf(given)}`,
        'a schema: an object',
      )
      return {}
    }
    const place = originOf(given) ?? around
    const schema = fromThree({ ...given })
    for (const [name, value] of Object.entries(schema)) {
      const fixed = checkKeyword(name, value, place, report)
      if (fixed === undefined) delete schema[name]
    }
    for (const [name, value] of Object.entries(schema)) {
      if (['properties', 'patternProperties', 'dependentSchemas'].includes(name) && isRecord(value))
        schema[name] = mapValues(value, (one) => normalise(one, place))
      else if (['allOf', 'anyOf', 'oneOf', 'prefixItems'].includes(name) && Array.isArray(value))
        schema[name] = value.map((one) => normalise(one, place))
      else if (['items', 'not'].includes(name) && isRecord(value))
        schema[name] = normalise(value, place)
      else if (name === 'items') schema[name] = normalise(value, place)
      else if (name === 'additionalProperties' && isRecord(value))
        schema[name] = normalise(value, place)
    }
    if (schema.type === 'string') fixEnum(schema, place, report)
    delete schema.$defs
    delete schema.definitions
    return schema
  }
}

/** A frequent slip in YAML: `enum: [2401]` of a text. No text could be one of these values. */
function fixEnum(schema: Json, place: Place, report: Report): void {
  const values = list(schema.enum)
  if (!values.some((value) => typeof value === 'number')) return
  report.note(
    'schema-keyword',
    place,
    'Numbers in the enum of a string are read as texts: put them in quotes',
    `${place.source.file}#${place.pointer}`,
  )
  schema.enum = values.map((value) => (typeof value === 'number' ? String(value) : value))
  if (typeof schema.example === 'number') schema.example = String(schema.example)
}

export type Normalise = ReturnType<typeof createNormaliser>

/** undefined: the keyword is left out. */
function checkKeyword(
  name: string,
  value: unknown,
  place: Place,
  report: Report,
): true | undefined {
  const keyword = Object.hasOwn(keywords, name) ? keywords[name] : undefined
  const where = `${place.source.file}#${place.pointer}`
  if (keyword === undefined) {
    const known = Object.keys(keywords).filter(
      (one) => one.startsWith('x-') === name.startsWith('x-'),
    )
    const nearest = nearestName(
      name,
      name.startsWith('x-') ? [...known, ...otherExtensions] : known,
    )
    if (name.startsWith('x-')) {
      if (nearest !== undefined && keywords[nearest] !== undefined)
        report.note(
          'schema-keyword',
          place,
          `Unknown extension ${JSON.stringify(name)}: did you mean ${nearest}? Ignored`,
          where,
        )
      return true
    }
    const hint = nearest === undefined ? '' : `: did you mean ${nearest}?`
    report.note(
      'schema-keyword',
      place,
      `JSON Schema has no keyword ${JSON.stringify(name)}${hint} Left out`,
      where,
    )
    return undefined
  }
  if (!keyword.accepts(value)) {
    const found = JSON.stringify(value)?.slice(0, 40)
    report.note(
      'schema-keyword',
      place,
      `${name} must be ${keyword.expected}, found ${found}; left out`,
      where,
    )
    return undefined
  }
  if (keyword.use === 'unchecked')
    report.note(
      'schema-keyword',
      place,
      `The client does not check the keyword ${name}, WeChat Pay may`,
      where,
    )
  if (name === 'pattern' && !isPattern(String(value))) {
    report.note(
      'schema-keyword',
      place,
      `A pattern is no regular expression of JavaScript; left out`,
      where,
    )
    return undefined
  }
  return true
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').source !== ''
  } catch {
    return false
  }
}

/** What OpenAPI 3.0 says in another way, and a frequent slip. */
function fromThree(schema: Json): Json {
  for (const [exclusive, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof schema[exclusive] !== 'boolean') continue
    const isExclusive = schema[exclusive] && typeof schema[limit] === 'number'
    if (isExclusive) schema[exclusive] = schema[limit]
    else delete schema[exclusive]
    if (isExclusive) delete schema[limit]
  }
  // In YAML the type null needs quotes, which are often forgotten.
  if (Array.isArray(schema.type)) schema.type = schema.type.map((one) => one ?? 'null')
  if (schema.type === null) schema.type = 'null'
  if (typeof schema.nullable !== 'boolean') return schema
  const { nullable, ...rest } = schema
  if (!nullable) return rest
  if (typeof rest.type === 'string') {
    const withNull = Array.isArray(rest.enum) && !rest.enum.includes(null)
    return {
      ...rest,
      type: [rest.type, 'null'],
      ...(withNull && { enum: [...(rest.enum as []), null] }),
    }
  }
  // Without a type, null is allowed unless one of these forbids it.
  const { $ref, allOf, anyOf, oneOf, ...beside } = rest
  const parts = Object.entries({ $ref, allOf, anyOf, oneOf }).filter(
    ([, part]) => part !== undefined,
  )
  if (parts.length === 0) return rest
  const [single] = parts.length === 1 ? parts : []
  if (single?.[0] === 'anyOf' || single?.[0] === 'oneOf')
    return { ...beside, [single[0]]: [...list(single[1]), { type: 'null' }] }
  const members = single?.[0] === 'allOf' ? list(single[1]) : []
  const value = members.length === 1 ? members[0] : Object.fromEntries(parts)
  return { ...beside, anyOf: [value, { type: 'null' }] }
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

export const mapValues = (
  record: Readonly<Record<string, unknown>>,
  map: (value: unknown, name: string) => unknown,
): Json =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]))
