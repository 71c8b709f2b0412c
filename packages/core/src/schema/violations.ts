import { isLoopbackUrl } from '../call/base-url.ts'
import type { JsonSchema } from './json-schema.ts'
import {
  type Definitions,
  escapePointer,
  type PreparedSchema,
  prepareSchema,
} from './prepared-schema.ts'

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

export interface SchemaCheckOptions {
  /** Where `#/components/schemas/…` points. */
  readonly definitions: Definitions
  /**
   * Takes `http://127.0.0.1`, `http://[::1]` and `http://localhost`, any port, where the schema
   * allows it in tests. Default: false.
   */
  readonly allowLoopbackHttp?: boolean | undefined
}

/**
 * One place where a value does not fit. `schema-words.ts` says it in words, which only a refusal
 * needs.
 */
export interface SchemaViolation {
  /** JSON Pointer (RFC 6901) into the checked value; the empty string is the value itself. */
  readonly field: string
  readonly code: ViolationCode
  /**
   * The schema that the value does not fit; for `unknown-field` and `one-of-required` that of the
   * object around it.
   */
  readonly schema: JsonSchema
  readonly value: unknown
}

/**
 * Holds a value against a schema of the spec and gives every violation, in the order of the schema;
 * none means that it fits. Lengths are counted in code points, as the documentation's character
 * counts are understood. A field whose value is `undefined` counts as absent, because it is not
 * serialised.
 */
export function findViolations(
  schema: JsonSchema,
  value: unknown,
  options: SchemaCheckOptions,
): SchemaViolation[] {
  const violations: SchemaViolation[] = []
  check(prepareSchema(schema, options.definitions), value, '', options, violations)
  if (violations.length < 2) return violations
  // Parts joined by allOf and anyOf may name the same field twice.
  return violations.filter(
    ({ field }, index) => violations.findIndex((other) => other.field === field) === index,
  )
}

/** Adds what is wrong with the value: this is done for each request, where mostly nothing is. */
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

/** The checks of which the first that fails says it all. */
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
  // The rest of a loopback address, its query for one, is judged like that of any other.
  const judged = isAllowed ? value.replace(/^http:\/\/[^/?#]*/i, 'https://loopback.test') : value
  if (prepared.pattern.test(judged)) return undefined
  return isHttp && !isAllowed ? 'not-https' : 'pattern'
}

/**
 * Code points, each counted once, for no half of a surrogate pair is left: every high one begins a
 * pair.
 */
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
    const member = read(value, name)
    if (member !== undefined) check(own, member, field + step, options, violations)
    else if (isRequired)
      violations.push({
        field: field + step,
        code: 'missing-field',
        schema: own.schema,
        value: member,
      })
  }
  if (!prepared.isClosed) return
  for (const name of Object.keys(value)) {
    if (read(value, name) === undefined || Object.hasOwn(schema.properties ?? {}, name)) continue
    violations.push({
      field: `${field}/${escapePointer(name)}`,
      code: 'unknown-field',
      schema,
      value,
    })
  }
}

function read(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined
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

/** The fields of which one is required. A part that is a reference has none. */
export const oneOfNames = ({ anyOf = [] }: JsonSchema): readonly string[] =>
  anyOf.flatMap(({ required = [] }) => required)

function hasType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return Number.isFinite(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  if (type === 'null') return value === null
  return typeof value === type
}
