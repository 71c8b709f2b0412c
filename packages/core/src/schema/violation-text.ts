import type { JsonSchema } from './json-schema.ts'
import { compilePattern, typesOf } from './prepared-schema.ts'
import { oneOfNames, type SchemaViolation } from './violations.ts'

const shown = 48

/** The expected and the found value of a violation, in words. */
export function describeViolation(violation: SchemaViolation): {
  readonly expected: string
  readonly found: string
} {
  return { expected: describeExpected(violation), found: describeFound(violation) }
}

function describeExpected({ code, schema, value, alternatives = [] }: SchemaViolation): string {
  switch (code) {
    case 'missing-field':
      return 'a value, because the field is required'
    case 'null-value':
      return 'no null: leave the field out when there is no value'
    case 'wrong-type':
      return nameOfTypes(typesOf(schema) ?? [], value)
    case 'not-in-enum':
      return `one of ${(schema.enum ?? []).map((item) => JSON.stringify(item)).join(', ')}`
    case 'unsafe-integer':
      return 'an integer up to 2^53 − 1, which JavaScript represents exactly'
    case 'out-of-range':
      return describeRange(schema, Number(value))
    case 'lone-surrogate':
      return 'whole characters: half of a surrogate pair has no UTF-8 form'
    case 'too-short':
      return `at least ${schema.minLength} character(s)`
    case 'too-long': {
      const says = fitsPattern(schema, value) ? undefined : schema['x-pattern-says']
      return `at most ${schema.maxLength} character(s)${says === undefined ? '' : `, and ${says}`}`
    }
    case 'pattern':
    case 'not-https':
      return schema['x-pattern-says'] ?? `text that matches ${schema.pattern}`
    case 'too-few-items':
      return `at least ${schema.minItems} item(s)`
    case 'too-many-items':
      return `at most ${schema.maxItems} item(s)`
    case 'no-alternative':
      return [...new Set(alternatives.map(describeExpected))].join(', or ')
    case 'one-of-required':
      return schema['x-pattern-says'] ?? `at least one of ${oneOfNames(schema).join(', ')}`
    case 'unknown-field':
      return `one of ${Object.keys(schema.properties ?? {}).join(', ') || 'no fields'}`
  }
}

function describeFound({ code, schema, value }: SchemaViolation): string {
  switch (code) {
    case 'missing-field':
      return 'nothing'
    case 'one-of-required':
      return 'none of them'
    case 'unknown-field':
      return 'a field that the operation does not have'
    case 'no-alternative':
      // Any form may be a personal one.
      return describeValue(value, { 'x-personal': true })
    case 'pattern':
      return `${describeValue(value, schema)}${violationPosition(schema, String(value))}`
    default:
      return describeValue(value, schema)
  }
}

/** A UUID with hyphens is both too long and has characters that are not allowed. */
function fitsPattern({ pattern }: JsonSchema, value: unknown): boolean {
  return pattern === undefined || compilePattern(pattern)?.test(String(value)) !== false
}

function nameOfTypes(types: readonly string[], value: unknown): string {
  const hint =
    types.includes('integer') && typeof value === 'string' ? ', written without quotes' : ''
  const names = types.map((type) =>
    type === 'null' ? type : `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`,
  )
  return `${names.join(' or ')}${hint}`
}

function describeRange(schema: JsonSchema, value: number): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  if (minimum !== undefined && value < minimum) return `at least ${minimum}`
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    return `more than ${exclusiveMinimum}`
  return maximum !== undefined && value > maximum
    ? `at most ${maximum}`
    : `less than ${exclusiveMaximum}`
}

/**
 * Describes a found value: the value itself, shortened; for a personal field and for objects and
 * arrays only kind and length. The query of a URL is not shown, because it may hold a token.
 */
export function describeValue(value: unknown, schema: JsonSchema = {}): string {
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'number' || typeof value === 'boolean')
    return schema['x-personal'] ? `a ${typeof value}` : `the ${typeof value} ${value}`
  if (typeof value !== 'string')
    return value === null ? 'null' : value === undefined ? 'nothing' : `a ${typeof value}`

  const length = `${[...value].length} character(s)`
  if (value === '') return 'an empty text'
  if (schema['x-personal']) return length
  // A text in place of an object is most likely its JSON, with all its personal values.
  const types = typesOf(schema)
  if (types?.includes('object') || types?.includes('array')) return `a text of ${length}`
  const visible = schema['x-loopback-http'] ? value.replace(/([?#]).*/su, '$1…') : value
  const quoted = quote(visible.length > shown ? `${visible.slice(0, shown)}…` : visible)
  return `${quoted} (${length})`
}

/** Names the first invalid character, if the pattern restricts single characters. */
function violationPosition(schema: JsonSchema, value: string): string {
  if (schema.pattern === undefined || schema['x-loopback-http']) return ''
  const pattern = compilePattern(schema.pattern)
  if (pattern === undefined) return ''
  const characters = [...value]
  const fits = characters.map((character) => pattern.test(character))
  const first = fits.indexOf(false)
  // If no single character matches, the pattern describes the whole text, and a position would
  // mislead.
  if (first === -1 || !fits.includes(true)) return ''
  const character = characters[first] ?? ''
  const isWide = (character.codePointAt(0) ?? 0) > 0xffff
  return `, of which character ${first + 1}${schema['x-personal'] ? '' : ` (${quote(character)})`}${isWide ? ' takes 4 bytes in UTF-8 and' : ''} does not fit`
}

/** JSON quoting escapes control characters, so that a text cannot forge a log line. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '�')
}
