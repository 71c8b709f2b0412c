/** The fields of a request as lines of documentation, with their types and limits. */
import { type Document, resolveSchema, type Schema } from './document.ts'
import { withoutTags } from './source.ts'

/** More than these would hide the rest of a hover text. */
const mostFields = 40
const deepest = 3
const longestText = 80

interface Field {
  readonly name: string
  readonly schema: Schema
  readonly isRequired: boolean
}

/** One line for each field: `` `amount.total` integer, required, at least 1: … ``. */
export function fieldLines(document: Document, schema: Schema): string[] {
  const fields = fieldsOf(document, schema, '', deepest, [])
  const shown = fields.slice(0, mostFields).map((field) => fieldLine(document, field))
  return fields.length > mostFields ? [...shown, `- … ${fields.length - mostFields} more`] : shown
}

/** The line of one field. */
export function fieldLine(document: Document, { name, schema, isRequired }: Field): string {
  const resolved = merged(document, schema)
  const facts = [typeOf(document, resolved), isRequired ? 'required' : '', ...limitsOf(resolved)]
  const text = firstLine(schema.description ?? resolved.description ?? resolved.title ?? '')
  return `- \`${name}\` ${facts.filter(Boolean).join(', ')}${text && `: ${text}`}`
}

function fieldsOf(
  document: Document,
  schema: Schema,
  prefix: string,
  depth: number,
  above: readonly Schema[],
): Field[] {
  const { properties = {}, required = [] } = merged(document, schema)
  return Object.entries(properties).flatMap(([name, property]) => {
    const field = {
      name: `${prefix}${name}`,
      schema: property,
      isRequired: required.includes(name),
    }
    const own = merged(document, property)
    const items = own.items && merged(document, own.items)
    const inner = items ?? own
    if (depth === 1 || inner.properties === undefined || above.includes(inner.properties as Schema))
      return [field]
    const path = `${prefix}${name}${items ? '[]' : ''}.`
    const below = [...above, inner.properties as Schema]
    return [field, ...fieldsOf(document, inner, path, depth - 1, below)]
  })
}

/** A schema with the properties of the parts of its `allOf`. */
function merged(document: Document, schema: Schema, above: readonly Schema[] = []): Schema {
  const resolved = resolveSchema(document, schema)
  if (resolved.allOf === undefined || above.includes(resolved)) return resolved
  const parts = resolved.allOf.map((part) => merged(document, part, [...above, resolved]))
  const all = [...parts, resolved]
  const { allOf: _, ...own } = resolved
  return {
    ...Object.assign({}, ...parts),
    ...own,
    ...(all.some(({ properties }) => properties) && {
      properties: Object.assign({}, ...all.map(({ properties }) => properties)),
      required: all.flatMap(({ required = [] }) => required),
    }),
  }
}

function typeOf(document: Document, schema: Schema): string {
  if (schema.enum !== undefined) {
    const values = schema.enum
      .slice(0, 12)
      .map((value) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``)
    return `${values.join(' | ')}${schema.enum.length > 12 ? ' | …' : ''}`
  }
  if (schema.items !== undefined) {
    const item = typeOf(document, merged(document, schema.items))
    return item.includes(' | ') ? `(${item})[]` : `${item}[]`
  }
  const types = schema.type ?? (schema.properties === undefined ? 'any' : 'object')
  return typeof types === 'string' ? types : types.join(' | ')
}

function limitsOf(schema: Schema): string[] {
  return [
    rangeOf(schema.minLength, schema.maxLength, 'characters'),
    rangeOf(schema.minItems, schema.maxItems, 'items'),
    rangeOf(safe(schema.minimum), safe(schema.maximum), ''),
    schema['x-pattern-says'] ?? (schema.pattern === undefined ? '' : `\`${schema.pattern}\``),
    schema.default === undefined ? '' : `default \`${JSON.stringify(schema.default)}\``,
  ]
    .filter(Boolean)
    .map(withoutTags)
}

/** The limit of JSON's integers says nothing about the field. */
const safe = (limit: number | undefined) =>
  limit !== undefined && Math.abs(limit) >= Number.MAX_SAFE_INTEGER ? undefined : limit

function rangeOf(least: number | undefined, most: number | undefined, unit: string): string {
  const what = unit && ` ${unit}`
  if (least !== undefined && most !== undefined)
    return least === most ? `${least}${what}` : `${least} to ${most}${what}`
  if (most !== undefined) return `at most ${most}${what}`
  return least === undefined ? '' : `at least ${least}${what}`
}

/** The first line of a text for people, shortened. */
function firstLine(text: string): string {
  const [line = ''] = text.trim().split(/\r\n|[\r\n]/)
  const short = line.length > longestText ? `${line.slice(0, longestText - 1)}…` : line
  return withoutTags(short)
}
