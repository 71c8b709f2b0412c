import { isPlainObject } from '@wechatpay-entrust/base'
import type { JsonSchema } from '@wechatpay-entrust/core'
import type { CallArguments, PlayedOperation } from '../operations/played-operation.ts'
import { flatten } from './flatten.ts'
import { fits, type SampleContext, sampleValue } from './sample-value.ts'

/** Arguments of an operation: the example of its document, else made from the schemas. */
export function sampleArguments(played: PlayedOperation, now: number): CallArguments {
  const { operation, definitions, example } = played
  if (example?.args !== undefined) return example.args
  const { path, query = {}, json, requiredQuery = [] } = operation.request ?? {}
  const context = { definitions, now }
  const values = sampleMembers(query, requiredQuery, context)
  return {
    ...(path && { path: sampleMembers(path, Object.keys(path), context) }),
    ...(Object.keys(values).length > 0 && { query: values }),
    ...(json && { json: sampleValue(json, context) }),
  }
}

const sampleMembers = (
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[],
  context: SampleContext,
) => sampleValue({ type: 'object', properties, required }, context) as Record<string, unknown>

/**
 * The JSON of success: the example of the document, else made from the schema. Fields that the
 * request also has are those of the request (原样返回), `known` holds other values by name.
 */
export function sampleData(
  played: PlayedOperation,
  args: CallArguments,
  known: Readonly<Record<string, unknown>>,
  now: number,
): unknown {
  const { operation, definitions, example } = played
  const { response } = operation
  if (example?.data === undefined && response === undefined) return undefined
  const context = { definitions, now }
  const data = example?.data ?? sampleValue(response ?? {}, context)
  const given = {
    ...known,
    ...args.path,
    ...args.query,
    ...(isPlainObject(args.json) && args.json),
  }
  return fillIn(data, given, response, context)
}

/** The sample, with the given values of the same names where they fit. */
function fillIn(
  sample: unknown,
  given: Readonly<Record<string, unknown>>,
  schema: JsonSchema | undefined,
  context: SampleContext,
): unknown {
  if (!isPlainObject(sample)) return sample
  const properties = schema && flatten([schema], context.definitions).properties
  const names = new Set([...Object.keys(sample), ...(properties?.keys() ?? [])])
  const members = [...names].flatMap((name) => {
    const own = sample[name]
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    const inner = properties?.get(name)
    if (value === undefined) return own === undefined ? [] : [[name, own] as const]
    if (isPlainObject(own) && isPlainObject(value))
      return [[name, fillIn(own, value, inner, context)] as const]
    if (inner === undefined || fits(inner, value, context)) return [[name, value] as const]
    return own === undefined ? [] : [[name, own] as const]
  })
  return Object.fromEntries(members)
}
