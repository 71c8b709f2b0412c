import {
  isObject,
  type Json,
  mapMembers,
  referredSchemas,
  resolveRef,
  schemasOf,
  withSchemas,
} from './json.ts'

/**
 * Replaces `allOf` by one object with all fields, because generators make a type of each part, or a
 * base class. A part that is `anyOf` is dropped: "openid, sub_openid or both" would become two types
 * that both require their field. The fields stay optional, and the descriptions state the rule.
 * Schemas that nothing refers to any more are dropped too.
 */
export function toFlatSchemas(document: Json): Json {
  const schemas = mapMembers(schemasOf(document), (schema, name) =>
    flat(document, schema as Json, name),
  )
  const result = withSchemas(document, schemas)
  const used = referredSchemas(result, [result.paths, result.webhooks])
  return withSchemas(
    result,
    Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name))),
  )
}

function flat(document: Json, schema: Json, name: string): Json {
  if (!Array.isArray(schema.allOf)) return schema
  const { allOf, ...rest } = schema
  const parts = allOf
    .map((part: Json) => (typeof part.$ref === 'string' ? resolveRef(document, part.$ref) : part))
    .filter((part) => !('anyOf' in part))
    .map((part) => flat(document, part, name))
  for (const part of parts) checkPart(part, name)
  return {
    ...rest,
    type: 'object',
    required: parts.flatMap(({ required }) => (required ?? []) as string[]),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
  }
}

/** A keyword that is not merged must not get lost. */
function checkPart(part: Json, name: string): void {
  const merged = ['type', 'description', 'required', 'properties']
  const other = Object.keys(part).filter((keyword) => !merged.includes(keyword))
  if (other.length > 0 || !isObject(part.properties))
    throw new Error(
      `spec/openapi.yaml: a part of ${name} has ${other.join(', ') || 'no properties'}, which scripts/spec/flat-schemas.ts does not merge`,
    )
}
