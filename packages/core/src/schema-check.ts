import { isLoopbackUrl } from './base-url.ts'
import type { JsonSchema } from './json-schema.ts'
import { escapePointer, membersOf, patternOf, resolveSchema } from './prepared-schema.ts'
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
  const violations: Violation[] = []
  check(schema, value, '', options, violations)
  if (violations.length < 2) return violations
  // Parts joined by allOf and anyOf may name the same field twice.
  return violations.filter(({ field }, index) => violations.findIndex((other) => other.field === field) === index)
}

/** Adds to the violations what is wrong with the value: this is done for each request, where mostly nothing is. */
function check(
  given: JsonSchema,
  value: unknown,
  field: string,
  options: SchemaCheckOptions,
  violations: Violation[],
): void {
  const schema = resolveSchema(given, options.definitions)
  const own = checkValue(schema, value, field, options)
  if (own !== undefined) {
    violations.push(own)
    return
  }
  if (typeof value === 'object' && value !== null) checkMembers(schema, value, field, options, violations)
  for (const part of schema.allOf ?? []) check(part, value, field, options, violations)
  if (schema.anyOf !== undefined) violations.push(...checkAnyOf(schema, value, field, options))
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
  if (!value.isWellFormed())
    return refuse('lone-surrogate', 'whole characters: half of a surrogate pair has no UTF-8 form')
  const length = countCharacters(value)
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

/** Code points, each counted once, for no half of a surrogate pair is left: every high one begins a pair. */
function countCharacters(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xd800) count -= 1
  return count
}

function checkMembers(
  schema: JsonSchema,
  value: object,
  field: string,
  options: SchemaCheckOptions,
  violations: Violation[],
): void {
  if (Array.isArray(value)) {
    const { items } = schema
    if (items !== undefined)
      for (const [index, item] of value.entries()) check(items, item, `${field}/${index}`, options, violations)
    return
  }
  const read = (name: string): unknown =>
    Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
  for (const { name, step, schema: own, isRequired } of membersOf(schema)) {
    const member = read(name)
    if (member !== undefined) check(own, member, field + step, options, violations)
    else if (isRequired)
      violations.push({
        field: field + step,
        code: 'missing-field',
        expected: 'a value, because the field is required',
        found: 'nothing',
      })
  }
  if (schema.additionalProperties !== false) return
  const properties = schema.properties ?? {}
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(properties, name) || read(name) === undefined) continue
    violations.push({
      field: `${field}/${escapePointer(name)}`,
      code: 'unknown-field',
      expected: `one of ${Object.keys(properties).join(', ')}`,
      found: 'a field that the operation does not have',
    })
  }
}

function checkAnyOf(schema: JsonSchema, value: unknown, field: string, options: SchemaCheckOptions): Violation[] {
  const { anyOf = [] } = schema
  const outcomes: Violation[][] = []
  for (const part of anyOf) {
    const outcome: Violation[] = []
    check(part, value, field, options, outcome)
    if (outcome.length === 0) return []
    outcomes.push(outcome)
  }
  const names = anyOf.flatMap((part) => part.required ?? [])
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
