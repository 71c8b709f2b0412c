import { isObject, type Json, mapMembers, referredSchemas, schemasOf, withSchemas } from './json.ts'

type Operation = { readonly requestBody?: unknown; readonly responses?: unknown } & Json

/**
 * Adds `additionalProperties: true` to everything that WeChat Pay sends, because some generators
 * reject an unknown field when the keyword is absent. Requests stay as they are: with the keyword, a
 * misspelled field would compile.
 */
export function withOpenResponses(document: Json): Json {
  const received = [
    ...operationsOf(document.paths).map(({ responses }) => responses),
    ...operationsOf(document.webhooks).map((webhook) => [
      webhook.requestBody,
      webhook['x-opened-resource'],
    ]),
  ]
  const open = referredSchemas(document, received)
  return withSchemas(
    document,
    mapMembers(schemasOf(document), (schema, name) =>
      open.has(name) && isObject(schema) && schema.type === 'object'
        ? { ...schema, additionalProperties: true }
        : schema,
    ),
  )
}

const operationsOf = (paths: unknown): Operation[] =>
  Object.values(paths as Readonly<Record<string, Json>>).flatMap(
    (path) => Object.values(path) as Operation[],
  )
