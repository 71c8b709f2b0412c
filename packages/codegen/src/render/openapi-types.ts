/** The types of a document by openapi-typescript: `paths`, `components`, `operations`, `webhooks`. */
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript'
import type { Document } from './document.ts'

/** TypeScript source. It needs no other file. */
export async function renderOpenApiTypes(document: Document): Promise<string> {
  const nodes = await openapiTypes(structuredClone(document) as unknown as OpenAPI3, {
    silent: true,
    // A field with a default can be left out of a request.
    defaultNonNullable: false,
    // `Record<string, never>` would accept no value.
    emptyObjectsUnknown: true,
  })
  // Four spaces a level would be a quarter of the file.
  return astToString(nodes).replace(/^(?: {4})+/gm, (indent) => ' '.repeat(indent.length / 2))
}
