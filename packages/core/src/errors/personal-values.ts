import { bodySchemas } from '../generated/request-schemas.ts'
import type { JsonSchema } from '../schema/json-schema.ts'

const personalNames = new Set<string>()
for (const { properties = {} } of Object.values<JsonSchema>(bodySchemas)) {
  for (const [name, schema] of Object.entries(properties))
    if (schema['x-personal']) personalNames.add(name)
}

/** The personal values in a body, at any depth. A log must not contain them. */
export function personalValues(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth > 8) return []
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'string' && personalNames.has(name) && member !== ''
      ? [member]
      : personalValues(member, depth + 1),
  )
}
