import { escapePointer, isLoopbackUrl, isRecord, member } from '@wechatpay-entrust/base'
import type { JsonSchema } from './json-schema.ts'
import { type Definitions, type PreparedSchema, prepareSchema } from './prepared-schema.ts'

/**
 * Kinds of violations. Stable, so that callers can switch on them.
 *
 * | code | meaning |
 * | --- | --- |
 * | `missing-field` | a required field is absent |
 * | `null-value` | null, which the schema does not allow |
 * | `wrong-type` | a value of another type |
 * | `too-short`, `too-long` | a text with fewer or more characters |
 * | `pattern` | a text that does not match |
 * | `not-https` | a URL that must be https |
 * | `lone-surrogate` | a text with half of a surrogate pair |
 * | `not-in-enum` | none of the listed values |
 * | `out-of-range` | a number below or above the limits |
 * | `unsafe-integer` | an integer that JavaScript does not represent exactly |
 * | `too-few-items`, `too-many-items` | an array with fewer or more items |
 * | `one-of-required` | none of several fields, of which at least one is required |
 * | `no-alternative` | a value that fits none of the forms of an `anyOf` or `oneOf` |
 * | `unknown-field` | a field that the schema does not have |
 */
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
  | 'too-few-items'
  | 'too-many-items'
  | 'one-of-required'
  | 'no-alternative'
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
  /** For `no-alternative`: what is wrong with the value for each form. */
  readonly alternatives?: readonly SchemaViolation[]
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
  if (prepared.anyOf.length > 0)
    violations.push(...checkForms(prepared, prepared.anyOf, value, field, options))
  if (prepared.oneOf.length > 0)
    violations.push(...checkForms(prepared, prepared.oneOf, value, field, options))
}

/** The checks of the value itself. Only the first failed one is reported. */
function checkValue(
  prepared: PreparedSchema,
  value: unknown,
  options: SchemaCheckOptions,
): ViolationCode | undefined {
  const { types, values } = prepared
  if (value === null) return prepared.allowsNull ? undefined : 'null-value'
  if (types !== undefined && !types.some((type) => hasType(value, type))) return 'wrong-type'
  if (values !== undefined && !isListed(value, values)) return 'not-in-enum'
  if (typeof value === 'string') return checkString(prepared, value, options)
  if (typeof value === 'number') return checkNumber(prepared, value)
  if (!Array.isArray(value)) return undefined
  if (value.length < prepared.minItems) return 'too-few-items'
  return value.length > prepared.maxItems ? 'too-many-items' : undefined
}

/** Arrays and objects in a list of values are compared as JSON. */
function isListed(value: unknown, values: readonly unknown[]): boolean {
  if (typeof value !== 'object') return values.includes(value)
  return values.some((one) => JSON.stringify(one) === JSON.stringify(value))
}

function checkNumber(prepared: PreparedSchema, value: number): ViolationCode | undefined {
  const isInteger = prepared.types?.includes('integer') && !prepared.types.includes('number')
  if (isInteger && !Number.isSafeInteger(value)) return 'unsafe-integer'
  const isWithin =
    value >= prepared.minimum &&
    value <= prepared.maximum &&
    value > prepared.exclusiveMinimum &&
    value < prepared.exclusiveMaximum
  return isWithin || Number.isNaN(value) ? undefined : 'out-of-range'
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
  if (!prepared.isClosed && prepared.others === undefined) return
  for (const name of Object.keys(value)) {
    const given = member(value, name)
    if (given === undefined || Object.hasOwn(schema.properties ?? {}, name)) continue
    const at = `${field}/${escapePointer(name)}`
    if (prepared.others === undefined)
      violations.push({ field: at, code: 'unknown-field', schema, value })
    else check(prepared.others, given, at, options, violations)
  }
}

/** A value must fit at least one of the forms. */
function checkForms(
  { schema }: PreparedSchema,
  forms: readonly PreparedSchema[],
  value: unknown,
  field: string,
  options: SchemaCheckOptions,
): readonly SchemaViolation[] {
  const outcomes: SchemaViolation[][] = []
  for (const form of forms) {
    const outcome: SchemaViolation[] = []
    check(form, value, field, options, outcome)
    if (outcome.length === 0) return []
    outcomes.push(outcome)
  }
  const isComplete = (violations: SchemaViolation[]) =>
    violations.every(({ code }) => code !== 'missing-field')
  const [name] = oneOfNames(schema)
  const isAbsent = name !== undefined && !outcomes.some(isComplete)
  if (isAbsent)
    return [{ field: `${field}/${escapePointer(name)}`, code: 'one-of-required', schema, value }]
  // A form that the value itself fits is the one that was meant; of several, the nearest one.
  const [meant] = outcomes
    .filter((outcome) => outcome.every((one) => one.field !== field))
    .sort((a, b) => Number(isComplete(b)) - Number(isComplete(a)) || a.length - b.length)
  if (meant !== undefined) return meant
  const alternatives = outcomes.flatMap(([first]) => first ?? [])
  return alternatives.length === 1
    ? alternatives
    : [{ field, code: 'no-alternative', schema, value, alternatives }]
}

/** The fields of which at least one is required, if each part of the `anyOf` requires one field. */
export const oneOfNames = ({ anyOf = [] }: JsonSchema): readonly string[] =>
  anyOf.every(({ required }) => required?.length === 1)
    ? anyOf.flatMap(({ required = [] }) => required)
    : []

function hasType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return Number.isFinite(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isRecord(value)
  if (type === 'null') return value === null
  return typeof value === type
}
