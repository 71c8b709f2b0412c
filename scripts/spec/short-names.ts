import { type Json, mapObjects, schemaRef, schemasOf, withSchemas } from './json.ts'

/**
 * Generators make names like `OPERATIONResponse` and `OPERATIONRequest` of an operationId, and
 * declare them twice if a schema has that name. So no schema begins with an operationId:
 * `QsMiniProgramPreEntrustSignRequest` becomes `QsMiniProgramPreSignRequest`.
 */
export function withShortNames(document: Json): Json {
  const schemas = Object.fromEntries(
    Object.entries(schemasOf(document)).map(([name, schema]) => [shortName(name), schema]),
  )
  return mapObjects(withSchemas(document, schemas), (object) =>
    typeof object.$ref === 'string' && object.$ref.startsWith(schemaRef)
      ? { ...object, $ref: `${schemaRef}${shortName(object.$ref.slice(schemaRef.length))}` }
      : object,
  ) as Json
}

const shortName = (name: string) => name.replace('PreEntrustSign', 'PreSign')
