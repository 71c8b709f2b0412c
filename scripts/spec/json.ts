export type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A copy in which `map` has replaced each object, from the innermost outwards. Examples are copied
 * as they are: `{ "type": "integer" }` in a body is no schema.
 */
export function mapObjects(value: unknown, map: (object: Json) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, map))
  if (!isObject(value)) return value
  const isExample = typeof value.summary === 'string' && 'value' in value
  if (isExample) return value
  return map(
    mapMembers(value, (member, name) => (name === 'example' ? member : mapObjects(member, map))),
  )
}

/** A copy in which `map` has replaced each member. */
export const mapMembers = (object: Json, map: (member: unknown, name: string) => unknown): Json =>
  Object.fromEntries(Object.entries(object).map(([name, member]) => [name, map(member, name)]))

export const schemaRef = '#/components/schemas/'

/** The schemas of a document by name. */
export const schemasOf = (document: Json): Readonly<Record<string, Json>> =>
  (document.components as Json).schemas as Readonly<Record<string, Json>>

/** The document with other schemas. */
export const withSchemas = (document: Json, schemas: Json): Json => ({
  ...document,
  components: { ...(document.components as Json), schemas },
})

/** The names of the schemas that a part of the document refers to, directly or through others. */
export function referredSchemas(document: Json, part: unknown): Set<string> {
  const visited = new Set<string>()
  const waiting = [part]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value !== 'object' || value === null) continue
    waiting.push(...Object.values(value))
    const { $ref } = value as Json
    if (typeof $ref !== 'string' || visited.has($ref)) continue
    visited.add($ref)
    waiting.push(resolveRef(document, $ref))
  }
  const names = [...visited].filter(($ref) => $ref.startsWith(schemaRef))
  return new Set(names.map(($ref) => $ref.slice(schemaRef.length)))
}

/** What a `$ref` within the document refers to. */
export function resolveRef(document: Json, $ref: string): Json {
  const target = $ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), document)
  if (!isObject(target)) throw new Error(`spec/openapi.yaml: ${$ref} does not exist`)
  return target
}
