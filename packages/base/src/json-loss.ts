/** A value that JSON would drop or change. */
export interface JsonLoss {
  /** JSON Pointer (RFC 6901); the empty string is the value itself. */
  readonly field: string
  /** What was found there, without its value. */
  readonly found: string
}

/** Boxed values, which JSON.stringify unpacks, and what it writes member by member. */
const carried = ['Object', 'Array', 'Arguments', 'String', 'Number', 'Boolean']

/**
 * Finds the first value, at any depth, that `JSON.stringify` would drop or change without an error:
 * `FormData`, a `Map` or `Set`, bytes, a stream, a function or symbol, `NaN` and infinity; also what
 * makes it throw: a bigint or a circular structure. A member with the value `undefined` is not a
 * loss: it is the usual way to leave a member out. A `toJSON` method decides for its own value.
 */
export function findJsonLoss(value: unknown): JsonLoss | undefined {
  return find(value, '', [])
}

function find(given: unknown, field: string, above: readonly object[]): JsonLoss | undefined {
  // A Buffer has a toJSON, but nobody means `{ type: 'Buffer', data: […] }`.
  if (ArrayBuffer.isView(given)) return { field, found: `bytes (${tagOf(given)})` }
  const value = hasToJson(given) ? given.toJSON() : given
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : { field, found: `the number ${value}` }
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol')
    return { field, found: value === undefined ? 'undefined' : `a ${typeof value}` }
  if (typeof value === 'bigint') return { field, found: 'a bigint' }
  if (typeof value !== 'object' || value === null) return undefined
  if (above.includes(value)) return { field, found: 'a circular structure' }
  const tag = tagOf(value)
  if (!carried.includes(tag)) return { field, found: `${/^[AEIO]/.test(tag) ? 'an' : 'a'} ${tag}` }
  const path = [...above, value]
  // `Array.from` also visits the holes of a sparse array, which JSON would write as null.
  const members: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? Array.from(value, (item, index) => [index, item] as const)
    : Object.entries(value).filter(([, member]) => member !== undefined)
  for (const [name, member] of members) {
    const loss = find(member, `${field}/${escapePointer(String(name))}`, path)
    if (loss) return loss
  }
  return undefined
}

function hasToJson(value: unknown): value is { toJSON(): unknown } {
  return typeof value === 'object' && value !== null && 'toJSON' in value
    ? typeof value.toJSON === 'function'
    : false
}

/** Whether a value is an object with members: a class instance too, but no array, Map or FormData. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && tagOf(value) === 'Object'
}

/** `Map` of a Map, also of another realm. */
const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1)

/** Escapes a name for a JSON Pointer. */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
