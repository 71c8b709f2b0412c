import { isRecord } from '@wechatpay-entrust/base'
import type { SpecExample, SpecOperation, SpecRequest } from '@wechatpay-entrust/core'
import type { Json } from '../bundle/bundle.ts'
import type { Report } from '../problems/report.ts'
import type { Place } from '../source/source.ts'
import { jsonMediaOf, type Schema } from './media.ts'
import { nameOfReference } from './references.ts'

type Schemas = { readonly [name: string]: Schema }

/**
 * The example of an operation: arguments only if the document gives all that are required, and a
 * response only with all its required fields. A mock makes the others from the schemas.
 */
export function exampleOf(
  operation: Json,
  { method, path, request, response, status }: SpecOperation,
  schemas: Schemas,
  place: Place | undefined,
  report: Report,
): SpecExample | undefined {
  const responses = isRecord(operation.responses) ? operation.responses : {}
  const data = bodyExample(responses[status], response, schemas)
  const args = argumentsOf(operation, request, schemas)
  const title = `${method} ${path}`
  const isIncomplete = (found: unknown, has: boolean) => has && found === undefined
  if (place && isIncomplete(args, hasArguments(request)))
    report.note(
      'example',
      place,
      'No complete example of the arguments; a mock makes them from the schemas',
      title,
    )
  if (place && isIncomplete(data, response !== undefined))
    report.note(
      'example',
      place,
      'No complete example of the response; a mock makes it from the schemas',
      title,
    )
  if (args === undefined && data === undefined) return undefined
  return { ...(args && { args }), ...(data !== undefined && { data }) }
}

const hasArguments = (request: SpecRequest | undefined): boolean =>
  Boolean(request?.json || request?.path || request?.requiredQuery)

/** undefined if something required has no example. */
function argumentsOf(
  operation: Json,
  request: SpecRequest | undefined,
  schemas: Schemas,
): SpecExample['args'] | undefined {
  if (request === undefined) return undefined
  const json = bodyExample(operation.requestBody, request.json, schemas)
  if (request.json && json === undefined && !request.isJsonOptional) return undefined
  const all = Array.isArray(operation.parameters) ? operation.parameters.filter(isRecord) : []
  const examplesIn = (location: string) => {
    const examples = all
      .filter((parameter) => parameter.in === location && parameter.required === true)
      .map((parameter) => [String(parameter.name), parameterExample(parameter)] as const)
    return examples.some(([, example]) => example === undefined) ? undefined : examples
  }
  const [path, query] = [examplesIn('path'), examplesIn('query')]
  if (path === undefined || query === undefined) return undefined
  if (json === undefined && path.length === 0 && query.length === 0) return undefined
  return {
    ...(json !== undefined && { json }),
    ...(path.length > 0 && { path: Object.fromEntries(path) }),
    ...(query.length > 0 && { query: Object.fromEntries(query) }),
  }
}

function parameterExample(parameter: Json): unknown {
  const schema = isRecord(parameter.schema) ? parameter.schema : {}
  return ownExample(parameter) ?? ownExample(schema) ?? schema.default
}

/** `example`, else the first of `examples`. */
function ownExample({ example, examples }: Json): unknown {
  if (example !== undefined) return example
  const [first] = Array.isArray(examples)
    ? examples
    : isRecord(examples)
      ? Object.values(examples)
      : []
  return Array.isArray(examples) ? first : isRecord(first) ? first.value : undefined
}

function bodyExample(holder: unknown, schema: Schema | undefined, schemas: Schemas): unknown {
  const media = jsonMediaOf(holder)
  if (media === undefined || schema === undefined) return undefined
  const example = ownExample(media) ?? ownExample(isRecord(media.schema) ? media.schema : {})
  return example !== undefined && isComplete(example, schema, schemas, 0) ? example : undefined
}

/** Whether a value has the fields that its schema requires, at every depth. */
function isComplete(value: unknown, schema: Schema, schemas: Schemas, depth: number): boolean {
  if (depth > 32) return true
  const also = (part: Schema | undefined) => !part || isComplete(value, part, schemas, depth + 1)
  if (schema.$ref !== undefined && !also(schemas[nameOfReference(schema.$ref)])) return false
  if (!(schema.allOf ?? []).every(also)) return false
  const { items } = schema
  if (Array.isArray(value))
    return !items || value.every((item) => isComplete(item, items, schemas, depth + 1))
  if (!isRecord(value)) return true
  if (!(schema.required ?? []).every((name) => Object.hasOwn(value, name))) return false
  return Object.entries(schema.properties ?? {}).every(
    ([name, part]) =>
      !Object.hasOwn(value, name) || isComplete(value[name], part, schemas, depth + 1),
  )
}
