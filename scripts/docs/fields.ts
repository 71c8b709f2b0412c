import { type Parameter, resolve, type Schema, type Spec } from './read-spec.ts'

/** One field, with everything that the reference shows. */
export interface Field {
  /** The path from the top of the body: `data[].serial_no`. */
  readonly name: string
  readonly depth: number
  readonly type: string
  readonly required: boolean
  readonly description: string
  /** The limits that the client checks, as text. */
  readonly limits: readonly string[]
  /** The limits that no official page documents. */
  readonly unknown: readonly string[]
  readonly inferred: string | undefined
  readonly personal: boolean
  readonly example: string | undefined
}

/**
 * The fields of an object. The fields of a nested object follow the field that contains it; the
 * parts of an `allOf` are merged.
 */
export function fieldsOf(spec: Spec, schema: Schema, prefix = '', depth = 0): Field[] {
  const { properties, required } = mergeAllOf(spec, schema)
  return Object.entries(properties).flatMap(([key, property]) => {
    const name = `${prefix}${key}`
    const inner = resolve(spec, property)
    const items = inner.items && resolve(spec, inner.items)
    const described = items ? { description: items.description ?? '', ...inner } : inner
    const nested = items
      ? fieldsOf(spec, items, `${name}[].`, depth + 1)
      : fieldsOf(spec, inner, `${name}.`, depth + 1)
    return [{ ...fieldOf(described), name, depth, required: required.has(key) }, ...nested]
  })
}

/** A parameter or header as a field. */
export function parameterField({
  name,
  description,
  required,
  schema,
  example,
  ...marks
}: Parameter): Field {
  const described = {
    ...schema,
    ...marks,
    ...(description !== undefined && { description }),
    example,
  }
  return { ...fieldOf(described as Schema), name, depth: 0, required: required ?? false }
}

/** Rules about several fields, such as: one of two is required. */
export function rulesOf(spec: Spec, schema: Schema): Schema[] {
  const { allOf = [], anyOf, ...rest } = resolve(spec, schema)
  return [...(anyOf ? [rest] : []), ...allOf.flatMap((part) => rulesOf(spec, part))]
}

function mergeAllOf(
  spec: Spec,
  schema: Schema,
): { properties: Record<string, Schema>; required: Set<string> } {
  const { properties = {}, required = [], allOf = [] } = resolve(spec, schema)
  const parts = allOf.map((part) => mergeAllOf(spec, part))
  return {
    properties: Object.assign({ ...properties }, ...parts.map((part) => part.properties)),
    required: new Set([...required, ...parts.flatMap((part) => [...part.required])]),
  }
}

function fieldOf(schema: Schema): Omit<Field, 'name' | 'depth' | 'required'> {
  const { type, format, items, example } = schema
  return {
    type:
      format === 'date-time'
        ? 'string, RFC 3339'
        : items
          ? 'array of objects'
          : (type ?? 'any JSON'),
    description: schema.description ?? '',
    limits: limitsOf(schema),
    unknown: unknownOf(schema),
    inferred: schema['x-inferred']
      ? (schema['x-inferred-why'] ?? 'No official page says this')
      : undefined,
    personal: schema['x-personal'] ?? false,
    example:
      example === undefined
        ? undefined
        : typeof example === 'string'
          ? example
          : JSON.stringify(example),
  }
}

function limitsOf({ minLength, maxLength, enum: values, ...schema }: Schema): string[] {
  const patternText = schema['x-pattern-says']
  const length =
    maxLength !== undefined
      ? [`${minLength === undefined ? 'up to' : `${minLength} to`} ${maxLength} characters`]
      : minLength !== undefined
        ? [minLength === 1 ? 'not empty' : `at least ${minLength} characters`]
        : []
  return [
    ...length,
    ...(values ? [`one of ${list(values)}`] : []),
    ...(patternText ? [patternText] : []),
    ...(schema['x-known-values']
      ? [`known values: ${list(schema['x-known-values'])}; others are accepted too`]
      : []),
  ]
}

const list = (values: readonly string[]) => values.map((value) => `\`${value}\``).join(', ')

const limitNames: Readonly<Record<string, string>> = {
  minLength: 'minimum length',
  maxLength: 'maximum length',
  minimum: 'minimum',
  maximum: 'maximum',
  enum: 'list of values',
}

const unknownOf = (schema: Schema): string[] =>
  (schema['x-unknown'] ?? []).map((key) => limitNames[key] ?? key)
