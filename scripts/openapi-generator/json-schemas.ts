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
 * Only what the client needs to check requests, so that its bundle contains no response schema.
 * Read from the parsed spec, because openapi-generator's `modelJson` is its own model and loses
 * `type: object`, among other things.
 */
export function renderRequestSchemas(): string {
  const spec = readSpec()
  const definitions = Object.fromEntries(
    bodyNames(spec).map((name) => [name, withoutTexts(spec.components.schemas[name] ?? {})]),
  )
  return [
    '/** The schemas of the request bodies by name, as JSON Schema; a `$ref` is `#/components/schemas/NAME`. */',
    `export const bodySchemas = ${JSON.stringify(definitions)} as const`,
    '',
    '/** For each operation: the name of its body schema, and the schemas of its path and query parameters. */',
    `export const requestSchemas = ${JSON.stringify(requestSchemas(spec))} as const`,
    '',
  ].join('\n')
}

/** All other schemas, as data. */
export function renderJsonSchemas(): string {
  const spec = readSpec()
  const inBodies = bodyNames(spec)
  const others = Object.entries(spec.components.schemas).filter(
    ([name]) => !inBodies.includes(name),
  )
  const rest = JSON.stringify(
    Object.fromEntries(others.map(([name, schema]) => [name, withoutTexts(schema)])),
  )
  return [
    "import { bodySchemas } from './request-schemas.ts'",
    '',
    '/** The schemas of the spec by name, as JSON Schema; a `$ref` is `#/components/schemas/NAME`. For the types see schema.ts. */',
    `export const jsonSchemas = { ...bodySchemas, ...(${rest} as const) } as const`,
    '',
    '/** For each operation with a JSON response: the name of its schema. */',
    `export const responseSchemas = ${JSON.stringify(responseSchemas(spec))} as const`,
    '',
  ].join('\n')
}

/** The names of the schemas of request bodies, and of all schemas that they refer to. */
function bodyNames(spec: Spec): string[] {
  const names = new Set(
    operationsOf(spec).flatMap(({ requestBody }) =>
      requestBody?.content
        ? [lastSegment(requestBody.content['application/json'].schema.$ref)]
        : [],
    ),
  )
  // A Set visits the names that are added during the loop too.
  for (const name of names) {
    const refs = JSON.stringify(spec.components.schemas[name]).matchAll(/"\$ref":"([^"]+)"/g)
    for (const [, ref = ''] of refs) names.add(lastSegment(ref))
  }
  return [...names]
}

function responseSchemas(spec: Spec): Json {
  return Object.fromEntries(
    operationsOf(spec).flatMap(({ operationId, responses }) => {
      const schema = responses['200']?.content?.['application/json']?.schema
      return schema?.$ref === undefined ? [] : [[operationId, lastSegment(schema.$ref)]]
    }),
  )
}

function requestSchemas(spec: Spec): Json {
  return Object.fromEntries(
    operationsOf(spec).map((operation) => [operation.operationId, requestSchema(spec, operation)]),
  )
}

function requestSchema(spec: Spec, { requestBody, parameters = [] }: SpecOperation): Json {
  const resolved = parameters.map((parameter) => resolveParameter(spec, parameter))
  const schemasIn = (location: string) =>
    Object.fromEntries(
      resolved
        .filter((parameter) => parameter.in === location)
        .map(({ name, schema }) => [name, withoutTexts(schema)]),
    )
  const [path, query] = [schemasIn('path'), schemasIn('query')]
  return {
    ...(requestBody?.content && {
      json: lastSegment(requestBody.content['application/json'].schema.$ref),
    }),
    ...(Object.keys(path).length > 0 && { path }),
    ...(Object.keys(query).length > 0 && { query }),
  }
}

// Texts for people, and notes on the source of a rule; a check needs none of them.
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
 * A schema without the texts for people. Names of properties are not keywords, so they are never
 * left out.
 */
function withoutTexts(schema: Json): Json {
  const entries = Object.entries(schema).filter(([keyword]) => !leftOut.has(keyword))
  return Object.fromEntries(
    entries.map(([keyword, value]) => {
      if (keyword === 'properties')
        return [keyword, mapValues(value as Json, (property) => withoutTexts(property as Json))]
      if (keyword === 'items' || keyword === 'additionalProperties')
        return [keyword, isObject(value) ? withoutTexts(value) : value]
      if (keyword === 'allOf' || keyword === 'anyOf' || keyword === 'oneOf')
        return [keyword, (value as Json[]).map(withoutTexts)]
      return [keyword, value]
    }),
  )
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

const mapValues = <Value>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => unknown,
): Json => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
