import {
  type Json,
  lastSegment,
  operationsOf,
  readSpec,
  resolveParameter,
  type Spec,
  type SpecOperation,
} from './read-spec.ts'

/**
 * What the client checks requests by, and no more, so that no answer's schema is in its bundle.
 * Taken from the parsed spec and not from openapi-generator, whose `modelJson` is a model of its
 * own that loses `type: object`, among other things.
 */
export function renderRequestSchemas(): string {
  const spec = readSpec()
  const definitions = Object.fromEntries(
    bodyNames(spec).map((name) => [name, bare(spec.components.schemas[name] ?? {})]),
  )
  return [
    '/** The schemas that the bodies of requests are made of, by name, as JSON Schema; a `$ref` is `#/components/schemas/NAME`. */',
    `export const bodySchemas = ${JSON.stringify(definitions)} as const`,
    '',
    '/** What each operation takes: the name of the schema of its body, and the schemas of its path and query parameters. */',
    `export const requestSchemas = ${JSON.stringify(requestSchemas(spec))} as const`,
    '',
  ].join('\n')
}

/** All other schemas as data. */
export function renderJsonSchemas(): string {
  const spec = readSpec()
  const inBodies = bodyNames(spec)
  const others = Object.entries(spec.components.schemas).filter(
    ([name]) => !inBodies.includes(name),
  )
  const rest = JSON.stringify(
    Object.fromEntries(others.map(([name, schema]) => [name, bare(schema)])),
  )
  return [
    "import { bodySchemas } from './request-schemas.ts'",
    '',
    '/** The schemas of the spec by name, as JSON Schema; a `$ref` is `#/components/schemas/NAME`. For people there is schema.ts. */',
    `export const jsonSchemas = { ...bodySchemas, ...(${rest} as const) } as const`,
    '',
  ].join('\n')
}

/** The schemas of request bodies and, after each, what it refers to. */
function bodyNames(spec: Spec): string[] {
  const names = new Set(
    operationsOf(spec).flatMap(({ requestBody }) =>
      requestBody?.content
        ? [lastSegment(requestBody.content['application/json'].schema.$ref)]
        : [],
    ),
  )
  for (const name of names) {
    const refs = JSON.stringify(spec.components.schemas[name]).matchAll(/"\$ref":"([^"]+)"/g)
    for (const [, ref = ''] of refs) names.add(lastSegment(ref))
  }
  return [...names]
}

function requestSchemas(spec: Spec): Json {
  return Object.fromEntries(
    operationsOf(spec).map((operation) => [operation.operationId, requestSchema(spec, operation)]),
  )
}

function requestSchema(spec: Spec, { requestBody, parameters = [] }: SpecOperation): Json {
  const resolved = parameters.map((parameter) => resolveParameter(spec, parameter))
  const byPlace = (place: string) =>
    Object.fromEntries(
      resolved
        .filter((parameter) => parameter.in === place)
        .map(({ name, schema }) => [name, bare(schema)]),
    )
  const [path, query] = [byPlace('path'), byPlace('query')]
  return {
    ...(requestBody?.content && {
      json: lastSegment(requestBody.content['application/json'].schema.$ref),
    }),
    ...(Object.keys(path).length > 0 && { path }),
    ...(Object.keys(query).length > 0 && { query }),
  }
}

// For people, or about the sources of a rule: nothing that a check needs.
const leftOut = new Set([
  'title',
  'description',
  'example',
  'examples',
  'x-unknown',
  'x-inferred',
  'x-inferred-why',
])

/**
 * A schema without what only people read. Names of properties are not keywords, so they are never
 * left out.
 */
function bare(schema: Json): Json {
  const entries = Object.entries(schema).filter(([keyword]) => !leftOut.has(keyword))
  return Object.fromEntries(
    entries.map(([keyword, value]) => {
      if (keyword === 'properties')
        return [keyword, mapValues(value as Json, (property) => bare(property as Json))]
      if (keyword === 'items' || keyword === 'additionalProperties')
        return [keyword, isObject(value) ? bare(value) : value]
      if (keyword === 'allOf' || keyword === 'anyOf' || keyword === 'oneOf')
        return [keyword, (value as Json[]).map(bare)]
      return [keyword, value]
    }),
  )
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

const mapValues = <Value>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => unknown,
): Json => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
