import { isRecord } from '@wechatpay-entrust/base'
import type { Json } from '../bundle/bundle.ts'
import { keywords } from './keywords.ts'
import { mapValues } from './normalise.ts'

/** Keywords that say nothing about the value itself may stand beside a `$ref`. */
const besideReference = (name: string): boolean =>
  ['example', 'default', 'format'].includes(name) || name.startsWith('x-')

/**
 * The part of a normalised schema that client and mock read: without texts, and without keywords
 * that the checks do not know.
 */
export function schemaData(schema: unknown): Json {
  if (!isRecord(schema)) return {}
  const data: Json = {}
  for (const [name, value] of Object.entries(schema)) {
    if (!Object.hasOwn(keywords, name) || keywords[name]?.use !== 'checked') continue
    if (name === 'const') data.enum = [value]
    else if (name === 'properties' && isRecord(value)) data[name] = mapValues(value, schemaData)
    else if (['allOf', 'anyOf', 'oneOf'].includes(name) && Array.isArray(value))
      data[name] = value.map(schemaData)
    else if (name === 'items') data[name] = schemaData(value)
    else if (name === 'additionalProperties')
      data[name] = isRecord(value) ? schemaData(value) : value
    else data[name] = value
  }
  // `not: {}` is how the schema false is written: no value is valid.
  if (isRecord(schema.not) && Object.keys(schema.not).length === 0) data.enum = []
  // With these the other keyword would reject what is valid.
  if (schema.patternProperties !== undefined) delete data.additionalProperties
  if (schema.prefixItems !== undefined) delete data.items
  if (data.example === undefined && Array.isArray(schema.examples) && schema.examples.length > 0)
    data.example = schema.examples[0]
  return withReferenceApart(data)
}

/** `{ $ref, required }` means both: as `allOf` no reader can take it for a replacement. */
function withReferenceApart(data: Json): Json {
  const { $ref, ...rest } = data
  if ($ref === undefined || Object.keys(rest).every(besideReference)) return data
  const { allOf, ...others } = rest
  return { ...others, allOf: [{ $ref }, ...(Array.isArray(allOf) ? allOf : [])] }
}
