import { escapePointer, isLoopbackUrl, isRecord, member } from '@wechatpay-entrust/base'
import type { JsonSchema } from './json-schema.ts'
import { type Definitions, type PreparedSchema, prepareSchema } from './prepared-schema.ts'

/** Kinds of violations. Stable, so that callers can switch on them. */
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

export interface SchemaCheckOptions {
  /** The schemas that `#/components/schemas/…` refers to. */
  readonly definitions: Definitions
  /**
   * Accepts `http://127.0.0.1`, `http://[::1]` and `http://localhost`, on any port, where the schema
   * has `x-loopback-http`. For tests. Default: false.
   */
  readonly allowLoopbackHttp?: boolean | undefined
}

/** One place where a value violates a schema. `violation-text.ts` describes it in words. */
export interface SchemaViolation {
  /** JSON Pointer (RFC 6901) into the checked value; the empty string is the value itself. */
  readonly field: string
  readonly code: ViolationCode
  /**
   * The schema that is violated; for `unknown-field` and `one-of-required` the schema of the object
   * that contains the field.
   */
  readonly schema: JsonSchema
  readonly value: unknown
}

/**
 * Checks a value like `checkSchema`, but without the texts, which only an invalid request needs.
 */
export function findViolations(
  schema: JsonSchema,
  value: unknown,
  options: SchemaCheckOptions,
): SchemaViolation[] {
  const violations: SchemaViolation[] = []
  check(prepareSchema(schema, options.definitions), value, '', options, violations)
  if (violations.length < 2) return violations
  // Two parts of an allOf or anyOf may report the same field.
  return violations.filter(
    ({ field }, index) => violations.findIndex((other) => other.field === field) === index,
  )
}

/** Appends violations. Runs on every request; usually finds none. */
function check(
  prepared: PreparedSchema,
  value: unknown,
  field: string,
  options: SchemaCheckOptions,
  violations: SchemaViolation[],
): void {
  const code = checkValue(prepared, value, options)
  if (code !== undefined) {
    violations.push({ field, code, schema: prepared.schema, value })
    return
  }
  if (typeof value === 'object' && value !== null)
    checkMembers(prepared, value, field, options, violations)
  for (const part of prepared.allOf) check(part, value, field, options, violations)
  if (prepared.anyOf.length > 0) violations.push(...checkAnyOf(prepared, value, field, options))
}

/** The checks of the value itself. Only the first failed one is reported. */
function checkValue(
  prepared: PreparedSchema,
  value: unknown,
  options: SchemaCheckOptions,
): ViolationCode | undefined {
  const { type, values } = prepared
  if (value === null && type !== 'null') return 'null-value'
  if (type !== undefined && !hasType(value, type)) return 'wrong-type'
  if (values !== undefined && !values.includes(value)) return 'not-in-enum'
  if (typeof value === 'string') return checkString(prepared, value, options)
  if (typeof value !== 'number') return undefined
  if (type === 'integer' && !Number.isSafeInteger(value)) return 'unsafe-integer'
  return value < prepared.minimum || value > prepared.maximum ? 'out-of-range' : undefined
}

function checkString(
  prepared: PreparedSchema,
  value: string,
  options: SchemaCheckOptions,
): ViolationCode | undefined {
  if (!value.isWellFormed()) return 'lone-surrogate'
  const length = countCharacters(value)
  if (length < prepared.minLength) return 'too-short'
  if (length > prepared.maxLength) return 'too-long'
  if (prepared.pattern === undefined) return undefined

  const isHttp = prepared.allowsLoopback && /^http:/i.test(value)
  const isAllowed = isHttp && options.allowLoopbackHttp === true && isLoopbackUrl(value)
  // The rest of a loopback URL, for example its query, must match the pattern like any other.
  const checked = isAllowed ? value.replace(/^http:\/\/[^/?#]*/i, 'https://loopback.test') : value
  if (prepared.pattern.test(checked)) return undefined
  return isHttp && !isAllowed ? 'not-https' : 'pattern'
}

/** Counts code points. The text is well-formed, so each high surrogate starts a pair. */
function countCharacters(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xd800) count -= 1
  return count
}

function checkMembers(
  prepared: PreparedSchema,
  value: object,
  field: string,
  options: SchemaCheckOptions,
  violations: SchemaViolation[],
): void {
  const { schema, items, members } = prepared
  if (Array.isArray(value)) {
    if (items !== undefined)
      for (const [index, item] of value.entries())
        check(items, item, `${field}/${index}`, options, violations)
    return
  }
  for (const { name, step, schema: own, isRequired } of members) {
    const given = member(value, name)
    if (given !== undefined) check(own, given, field + step, options, violations)
    else if (isRequired)
      violations.push({
        field: field + step,
        code: 'missing-field',
        schema: own.schema,
        value: given,
      })
  }
  if (!prepared.isClosed) return
  for (const name of Object.keys(value)) {
    if (member(value, name) === undefined || Object.hasOwn(schema.properties ?? {}, name)) continue
    violations.push({
      field: `${field}/${escapePointer(name)}`,
      code: 'unknown-field',
      schema,
      value,
    })
  }
}

function checkAnyOf(
  { schema, anyOf }: PreparedSchema,
  value: unknown,
  field: string,
  options: SchemaCheckOptions,
): SchemaViolation[] {
  const outcomes: SchemaViolation[][] = []
  for (const part of anyOf) {
    const outcome: SchemaViolation[] = []
    check(part, value, field, options, outcome)
    if (outcome.length === 0) return []
    outcomes.push(outcome)
  }
  const [name] = oneOfNames(schema)
  const isGiven = (violations: SchemaViolation[]) =>
    violations.every(({ code }) => code !== 'missing-field')
  const given = outcomes.find(isGiven)
  if (given !== undefined || name === undefined) return given ?? []
  return [{ field: `${field}/${escapePointer(name)}`, code: 'one-of-required', schema, value }]
}

/** The fields of which at least one is required. A part that is a `$ref` has none. */
export const oneOfNames = ({ anyOf = [] }: JsonSchema): readonly string[] =>
  anyOf.flatMap(({ required = [] }) => required)

function hasType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return Number.isFinite(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isRecord(value)
  if (type === 'null') return value === null
  return typeof value === type
}
