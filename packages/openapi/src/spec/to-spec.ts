import { isRecord } from '@wechatpay-entrust/base'
import type { Spec, SpecExample, SpecOperation, SpecRequest } from '@wechatpay-entrust/core'
import type { Json } from '../bundle/bundle.ts'
import type { OpenApiDocument } from '../document/openapi-document.ts'
import type { Report } from '../problems/report.ts'
import { schemaData } from '../schemas/schema-data.ts'
import { below } from '../source/pointer.ts'
import type { Place } from '../source/source.ts'
import { exampleOf } from './examples.ts'
import { jsonSchemaOf, type Schema } from './media.ts'
import { propertiesOf } from './properties.ts'
import { referencedSchemas } from './references.ts'
import { webhookOf } from './webhook.ts'

/** Where the operations and webhooks were read, for the notes. */
export interface Places {
  readonly operations: ReadonlyMap<string, Place>
  readonly webhooks: ReadonlyMap<string, Place>
}

/** The data of a normalised document. */
export function toSpec(
  document: OpenApiDocument,
  title: string,
  places: Places,
  report: Report,
): Spec {
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [
    name,
    schemaData(schema) as Schema,
  ])
  const definitions: { readonly [name: string]: Schema } = Object.fromEntries(schemas)
  const operations: [string, SpecOperation][] = []
  const examples: [string, SpecExample][] = []
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (!isRecord(operation)) continue
      const made = operationData(method, path, operation)
      operations.push([made.id, made])
      const place = places.operations.get(made.id)
      checkEcho(made, definitions, place, report)
      const example = exampleOf(operation, made, definitions, place, report)
      if (example) examples.push([made.id, example])
    }
  }
  const webhooks = Object.entries(document.webhooks).flatMap(([name, { post }]) =>
    isRecord(post)
      ? [[name, webhookOf(name, post, definitions, places.webhooks.get(name), report)] as const]
      : [],
  )
  const used = referencedSchemas(
    [
      ...operations.flatMap(([, { request, response }]) => [
        request?.json,
        ...Object.values(request?.path ?? {}),
        ...Object.values(request?.query ?? {}),
        response,
      ]),
      ...webhooks.map(([, { resource }]) => resource),
    ],
    definitions,
  )
  return {
    specVersion: 1,
    title,
    operations: Object.fromEntries(operations),
    schemas: Object.fromEntries(Object.entries(definitions).filter(([name]) => used.has(name))),
    webhooks: Object.fromEntries(webhooks),
    ...(examples.length > 0 && { examples: Object.fromEntries(examples) }),
  }
}

/** A field of `x-echo` that the request or the response does not have could never be equal. */
function checkEcho(
  { echo, request, response }: SpecOperation,
  definitions: { readonly [name: string]: Schema },
  place: Place | undefined,
  report: Report,
): void {
  if (echo === undefined || place === undefined) return
  const sent = { ...propertiesOf(request?.json, definitions), ...request?.path, ...request?.query }
  const received = propertiesOf(response, definitions)
  const at = { source: place.source, pointer: below(place.pointer, 'x-echo') }
  for (const name of echo)
    if (!(name in sent && name in received))
      report.problem(
        'extension',
        at,
        `x-echo: ${JSON.stringify(name)}, which the ${name in sent ? 'response' : 'request'} does not have`,
        'fields of the request that the response repeats',
      )
}

function operationData(method: string, path: string, operation: Json): SpecOperation {
  const [status, success] = successOf(operation)
  const request = requestData(operation)
  const response = jsonSchemaOf(success)
  const { summary, externalDocs } = operation
  const page = isRecord(externalDocs) ? externalDocs.url : undefined
  const [en, zh] = [operation['x-retry-says'], operation['x-retry-says-zh']]
  const retrySays =
    en === undefined && zh === undefined ? undefined : { en: en ?? zh, zh: zh ?? en }
  const errors = operation['x-errors']
  return {
    id: String(operation.operationId),
    method: method.toUpperCase(),
    path,
    retry: operation['x-retry'] ?? (method === 'get' ? 'safe' : 'unsafe'),
    status,
    ...(request && { request }),
    ...(response && { response }),
    ...(operation['x-echo'] !== undefined && { echo: operation['x-echo'] }),
    ...(typeof summary === 'string' && { summary }),
    ...(typeof page === 'string' && { page }),
    ...(retrySays && { retrySays }),
    ...(operation['x-effect'] !== undefined && { effect: operation['x-effect'] }),
    ...(Array.isArray(errors) && { errors: errors.filter(isRecord).map(errorData) }),
  } as unknown as SpecOperation
}

/** The lowest documented 2xx. */
function successOf({ responses }: Json): [number, Json] {
  const all = isRecord(responses) ? Object.entries(responses) : []
  const [first] = all
    .filter(([status]) => /^2\d\d$/.test(status))
    .sort(([a], [b]) => Number(a) - Number(b))
  return [Number(first?.[0] ?? 200), isRecord(first?.[1]) ? first[1] : {}]
}

function requestData({ requestBody, parameters }: Json): SpecRequest | undefined {
  const json = jsonSchemaOf(requestBody)
  const all = Array.isArray(parameters) ? parameters.filter(isRecord) : []
  const schemasIn = (location: string) => {
    const own = all.filter((parameter) => parameter.in === location)
    if (own.length === 0) return undefined
    return Object.fromEntries(own.map(({ name, schema }) => [name, schemaData(schema) as Schema]))
  }
  const [path, query] = [schemasIn('path'), schemasIn('query')]
  const requiredQuery = all
    .filter((parameter) => parameter.in === 'query' && parameter.required === true)
    .map(({ name }) => String(name))
  if (!json && !path && !query) return undefined
  return {
    ...(json && { json }),
    ...(json && isRecord(requestBody) && requestBody.required !== true && { isJsonOptional: true }),
    ...(path && { path }),
    ...(query && { query }),
    ...(requiredQuery.length > 0 && { requiredQuery }),
  }
}

/** A text in one language stands for the other, too. */
function errorData({ status, code, zh, remedyZh, remedyEn, causes }: Json): Json {
  return {
    status,
    code,
    zh: zh ?? '',
    remedyZh: remedyZh ?? remedyEn ?? '',
    remedyEn: remedyEn ?? remedyZh ?? '',
    ...(Array.isArray(causes) && { causes }),
  }
}
