import { isRecord } from '@wechatpay-entrust/base'
import type { Json } from '../bundle/bundle.ts'
import type { Place } from '../source/source.ts'
import type { OperationContext } from './context.ts'
import { readExamples } from './example-files.ts'
import { extensionsOf } from './members.ts'

/** Headers that the client sends by itself. */
const ownHeaders = [
  'authorization',
  'accept',
  'content-type',
  'user-agent',
  'wechatpay-serial',
  'accept-language',
]

/**
 * Path and query parameters in the order of the document, then those of the path that it does not
 * declare. Header and cookie parameters are left out.
 */
export function cleanParameters(given: readonly unknown[], context: OperationContext): Json[] {
  const { report, place, title, path } = context
  const inPath = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)
  const byKey = new Map<string, Json>()
  for (const one of given) {
    const parameter = cleanParameter(one, inPath, context)
    // The parameters of the operation come last and replace those of its path.
    if (parameter) byKey.set(`${parameter.in} ${parameter.name}`, parameter)
  }
  for (const name of inPath) {
    const key = `path ${name}`
    if (byKey.has(key)) continue
    report.note(
      'parameter',
      place,
      'A path parameter is not declared; it is a text',
      `{${name}} of ${title}`,
    )
    byKey.set(key, { name, in: 'path', required: true, schema: { type: 'string' } })
  }
  return [...byKey.values()]
}

function cleanParameter(
  one: unknown,
  inPath: readonly string[],
  context: OperationContext,
): Json | undefined {
  const { report, title } = context
  const place = (isRecord(one) && context.originOf(one)) || context.place
  if (!isRecord(one) || typeof one.name !== 'string' || typeof one.in !== 'string') {
    if (!isRecord(one) || Object.keys(one).length > 0)
      report.problem(
        'structure',
        place,
        'a parameter without name or in',
        'an object with name, in and schema',
      )
    return undefined // an empty one is what a broken $ref leaves: it is reported already
  }
  const { name, in: location } = one
  const item = `${name} of ${title}`
  if (location === 'header' || location === 'cookie') {
    if (location === 'cookie' || !ownHeaders.includes(name.toLowerCase()))
      report.note(
        'parameter',
        place,
        `A ${location} parameter is left out: a call has no argument for it`,
        item,
      )
    return undefined
  }
  if (location === 'path' && !inPath.includes(name)) {
    report.note('parameter', place, 'A path parameter is not in the path; left out', item)
    return undefined
  }
  if (location !== 'path' && location !== 'query') {
    report.problem(
      'structure',
      place,
      `in: ${JSON.stringify(location)}`,
      'in: path, query, header or cookie',
    )
    return undefined
  }
  const schema = parameterSchema(one, place, item, context)
  const { description, deprecated, example, examples } = one
  return {
    name,
    in: location,
    ...(location === 'path' ? { required: true } : one.required === true && { required: true }),
    ...(typeof description === 'string' && { description }),
    ...(deprecated === true && { deprecated }),
    schema,
    ...(example !== undefined && { example }),
    ...(isRecord(examples) && { examples: readExamples(examples, context) }),
    ...extensionsOf(one),
  }
}

/** A value in a URL is a text, a number or a boolean; an array in a query repeats its name. */
function parameterSchema(
  parameter: Json,
  place: Place,
  item: string,
  { normalise, report }: OperationContext,
): Json {
  const { schema, content } = parameter
  if (isRecord(content) && schema === undefined) {
    report.note(
      'parameter',
      place,
      'A parameter has a media type; pass the text that goes into the URL',
      item,
    )
    return { type: 'string' }
  }
  const made = schema === undefined ? {} : normalise(schema, place)
  if (made.type !== 'array' && made.type !== 'object') return made
  if (isRepeated(parameter, made)) return made
  report.note(
    'parameter',
    place,
    `A parameter is of type ${made.type}; pass the text that goes into the URL`,
    item,
  )
  const { description } = made
  return { type: 'string', ...(typeof description === 'string' && { description }) }
}

/** The default form of an array in OpenAPI: `a=1&a=2`. */
function isRepeated({ in: location, style = 'form', explode = true }: Json, schema: Json): boolean {
  const { type, items } = schema
  const isPlain = isRecord(items) && items.type !== 'array' && items.type !== 'object'
  return type === 'array' && location === 'query' && style === 'form' && explode === true && isPlain
}
