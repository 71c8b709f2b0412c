import type { Schema } from './media.ts'

/** The names of all schemas that others refer to, directly or through others. */
export function referencedSchemas(
  schemas: readonly (Schema | undefined)[],
  definitions: { readonly [name: string]: Schema },
): Set<string> {
  const names = new Set(schemas.flatMap(referencesIn))
  // The loop also visits what is added during it.
  for (const name of names) for (const other of referencesIn(definitions[name])) names.add(other)
  return names
}

/** The names after `#/components/schemas/` in one schema. */
function referencesIn(schema: Schema | undefined): string[] {
  if (schema === undefined) return []
  const { $ref, properties = {}, items, additionalProperties } = schema
  const parts = [
    ...Object.values(properties),
    ...(items ? [items] : []),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
  ]
  return [...($ref === undefined ? [] : [nameOfReference($ref)]), ...parts.flatMap(referencesIn)]
}

/** `Order` of `#/components/schemas/Order`. */
export const nameOfReference = ($ref: string): string => $ref.slice('#/components/schemas/'.length)
