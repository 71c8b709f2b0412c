import { isLoopbackUrl } from './base-url.ts'
import type { JsonSchema } from './json-schema.ts'
import { describeValue, misfitPosition } from './schema-words.ts'

/** What can be wrong with a value; stable, so that callers can switch on it. */
export type ViolationCode =
  | 'missing-field'
  | 'null-value'
  | 'wrong-type'
  | 'too-short'
  | 'too-long'
  | 'pattern'
  | 'not-https'
  | 'lone-surrogate'
  | 'not-in-enum'
  | 'out-of-range'
  | 'unsafe-integer'
  | 'one-of-required'
  | 'unknown-field'

/** One place where a value does not fit its schema. Holds no value of a personal field. */
export interface Violation {
  /** JSON Pointer (RFC 6901) into the checked value; the empty string is the value itself. */
  readonly field: string
  readonly code: ViolationCode
  readonly expected: string
  readonly found: string
}

export interface SchemaCheckOptions {
  /** Where `#/components/schemas/…` points. */
  readonly definitions: { readonly [name: string]: JsonSchema }
  /** Takes `http://127.0.0.1`, `http://[::1]` and `http://localhost`, any port, where the schema allows it in tests. Default: false. */
  readonly allowLoopbackHttp?: boolean | undefined
}

/**
 * Checks a value against a schema of the spec and gives every violation, in the order of the schema; none means that it
 * fits. Lengths are counted in code points, as the documentation's character counts are understood. A field whose value
 * is `undefined` counts as absent, because it is not serialised.
 *
 * @example
 * ```ts
 * import { checkSchema } from '@wechatpay-entrust/core'
 * import { jsonSchemas } from '@wechatpay-entrust/core/spec'
 *
 * const violations = checkSchema(jsonSchemas.QsMiniProgramPreEntrustSignRequest, { appid: 'wx' }, { definitions: jsonSchemas })
 * ```
 */
export function checkSchema(schema: JsonSchema, value: unknown, options: SchemaCheckOptions): Violation[] {
  const violations = check(schema, value, '', options)
  // Parts joined by allOf and anyOf may name the same field twice.
  return violations.filter(({ field }, index) => violations.findIndex((other) => other.field === field) === index)
}

/** Follows `$ref` to the schema it names. */
export function resolveSchema(schema: JsonSchema, definitions: SchemaCheckOptions['definitions']): JsonSchema {
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

/** A spec's references and patterns are few and stay the same, and each request meets all of its own. */
const resolved = new WeakMap<JsonSchema, { definitions: SchemaCheckOptions['definitions']; schema: JsonSchema }>()
const patterns = new WeakMap<JsonSchema, RegExp>()

function patternOf(schema: JsonSchema, pattern: string): RegExp {
  const known = patterns.get(schema) ?? new RegExp(pattern, 'u')
  patterns.set(schema, known)
  return known
}

function check(given: JsonSchema, value: unknown, field: string, options: SchemaCheckOptions): Violation[] {
  const schema = resolveSchema(given, options.definitions)
  const own = checkValue(schema, value, field, options)
  if (own !== undefined) return [own]
  return [
    ...checkMembers(schema, value, field, options),
    ...(schema.allOf ?? []).flatMap((part) => check(part, value, field, options)),
    ...checkAnyOf(schema, value, field, options),
  ]
}

/** The checks of which the first that fails says it all. */
function checkValue(
  schema: JsonSchema,
  value: unknown,
  field: string,
  options: SchemaCheckOptions,
): Violation | undefined {
  const refuse = (code: ViolationCode, expected: string, found = describeValue(value, schema)): Violation => ({
    field,
    code,
    expected,
    found,
  })

  if (value === null && schema.type !== 'null')
    return refuse('null-value', 'no null: leave the field out when there is no value', 'null')
  if (schema.type !== undefined && !hasType(value, schema.type))
    return refuse('wrong-type', nameOfType(schema.type, value))
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return refuse('not-in-enum', `one of ${schema.enum.map((item) => JSON.stringify(item)).join(', ')}`)
  if (typeof value === 'number') return checkNumber(schema, value, refuse)
  if (typeof value === 'string') return checkString(schema, value, refuse, options)
  return undefined
}

type Refuse = (code: ViolationCode, expected: string, found?: string) => Violation

function checkNumber(schema: JsonSchema, value: number, refuse: Refuse): Violation | undefined {
  if (schema.type === 'integer' && !Number.isSafeInteger(value))
    return refuse('unsafe-integer', 'an integer up to 2^53 − 1, which JavaScript keeps exactly')
  if (schema.minimum !== undefined && value < schema.minimum)
    return refuse('out-of-range', `at least ${schema.minimum}`)
  if (schema.maximum !== undefined && value > schema.maximum) return refuse('out-of-range', `at most ${schema.maximum}`)
  return undefined
}

function checkString(
  schema: JsonSchema,
  value: string,
  refuse: Refuse,
  options: SchemaCheckOptions,
): Violation | undefined {
  if (/\p{Surrogate}/u.test(value))
    return refuse('lone-surrogate', 'whole characters: half of a surrogate pair has no UTF-8 form')
  const length = [...value].length
  if (schema.minLength !== undefined && length < schema.minLength)
    return refuse('too-short', `at least ${schema.minLength} character(s)`)
  if (schema.maxLength !== undefined && length > schema.maxLength)
    return refuse('too-long', `at most ${schema.maxLength} character(s)`)
  if (schema.pattern === undefined) return undefined

  const isHttp = schema['x-loopback-http'] === true && /^http:/i.test(value)
  const isAllowed = isHttp && options.allowLoopbackHttp === true && isLoopbackUrl(value)
  // The rest of a loopback address, its query for one, is judged like that of any other.
  const judged = isAllowed ? value.replace(/^http:\/\/[^/?#]*/i, 'https://loopback.test') : value
  if (patternOf(schema, schema.pattern).test(judged)) return undefined

  const says = schema['x-pattern-says'] ?? `text that matches ${schema.pattern}`
  if (isHttp && !isAllowed) return refuse('not-https', says)
  return refuse('pattern', says, `${describeValue(value, schema)}${misfitPosition(schema, value)}`)
}

function checkMembers(schema: JsonSchema, value: unknown, field: string, options: SchemaCheckOptions): Violation[] {
  if (Array.isArray(value)) {
    const { items } = schema
    return items === undefined ? [] : value.flatMap((item, index) => check(items, item, `${field}/${index}`, options))
  }
  if (typeof value !== 'object' || value === null) return []

  const read = (name: string): unknown =>
    Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
  const properties = schema.properties ?? {}
  const violations: Violation[] = []
  for (const name of new Set([...Object.keys(properties), ...(schema.required ?? [])])) {
    const member = read(name)
    const at = `${field}/${escapePointer(name)}`
    if (member !== undefined) violations.push(...check(properties[name] ?? {}, member, at, options))
    else if (schema.required?.includes(name))
      violations.push({
        field: at,
        code: 'missing-field',
        expected: 'a value, because the field is required',
        found: 'nothing',
      })
  }
  if (schema.additionalProperties !== false) return violations
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(properties, name) || read(name) === undefined) continue
    violations.push({
      field: `${field}/${escapePointer(name)}`,
      code: 'unknown-field',
      expected: `one of ${Object.keys(properties).join(', ')}`,
      found: 'a field that the operation does not have',
    })
  }
  return violations
}

function checkAnyOf(schema: JsonSchema, value: unknown, field: string, options: SchemaCheckOptions): Violation[] {
  if (schema.anyOf === undefined) return []
  const outcomes = schema.anyOf.map((part) => check(part, value, field, options))
  if (outcomes.some((violations) => violations.length === 0)) return []
  const names = schema.anyOf.flatMap((part) => part.required ?? [])
  const isGiven = (violations: Violation[]) => violations.every(({ code }) => code !== 'missing-field')
  const given = outcomes.find(isGiven)
  if (given !== undefined || names.length === 0) return given ?? []
  const expected = schema['x-pattern-says'] ?? `at least one of ${names.join(', ')}`
  return [
    { field: `${field}/${escapePointer(names[0] ?? '')}`, code: 'one-of-required', expected, found: 'none of them' },
  ]
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return Number.isFinite(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  if (type === 'null') return value === null
  return typeof value === type
}

function nameOfType(type: string, value: unknown): string {
  const hint = type === 'integer' && typeof value === 'string' ? ', written without quotes' : ''
  return `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}${hint}`
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
