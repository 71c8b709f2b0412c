import { isObject, type Json, mapObjects } from './json.ts'

/**
 * The document as OpenAPI 3.0. Webhooks do not exist there; their schemas stay in `components`, so
 * that the types of a notification are generated too.
 */
export function toOpenApi30(document: Json): Json {
  const { webhooks: _, openapi: _version, ...rest } = document
  const info = rest.info as Json
  const { summary, license, ...others } = info
  const components = rest.components as Json
  const result: Json = {
    openapi: '3.0.3',
    ...rest,
    info: {
      ...others,
      description: `${summary}\n\n${info.description}`,
      // OpenAPI 3.0 has no `identifier`.
      license: {
        name: (license as Json).name,
        url: `https://spdx.org/licenses/${(license as Json).identifier}.html`,
      },
    },
    tags: (rest.tags as Json[]).filter(({ name }) => name !== 'notifications'),
    components: { ...components, parameters: withoutWebhookParameters(components.parameters) },
  }
  return mapObjects(result, toSchema30) as Json
}

const withoutWebhookParameters = (parameters: unknown): Json =>
  Object.fromEntries(
    Object.entries(parameters as Json).filter(([name]) => !name.startsWith('Notification')),
  )

/** Replaces keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have. */
function toSchema30(object: Json): Json {
  const { type, examples, const: only, ...rest } = object
  return {
    ...rest,
    ...typeIn30(type),
    // `examples` of a media type is an object, and stays.
    ...(Array.isArray(examples)
      ? { example: examples[0] }
      : examples !== undefined && { examples }),
    ...(only !== undefined && (isObject(only) ? { const: only } : { enum: [only] })),
  }
}

function typeIn30(type: unknown): Json {
  if (!Array.isArray(type)) return type === undefined ? {} : { type }
  const [first, ...more] = type.filter((one) => one !== 'null')
  if (first === undefined || more.length > 0)
    throw new Error(`spec/openapi.yaml: OpenAPI 3.0 has no type ${type.join(' | ')}`)
  return { type: first, ...(type.includes('null') && { nullable: true }) }
}
