/** A web `Headers`, or the plain object of Node and most frameworks; names in any case. */
export type HeadersLike =
  | Pick<Headers, 'get'>
  | Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * The values of a header, with its name in any case (`name` itself must be lower case). A web
 * `Headers` has already joined the values of a repeated header; a plain object may hold them
 * separately.
 */
export function headerValues(headers: HeadersLike, name: string): readonly string[] {
  if (typeof headers.get === 'function') {
    const value = (headers as Pick<Headers, 'get'>).get(name)
    return value === null ? [] : [value]
  }
  return Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value ?? [])
}

/**
 * The value of a header. The values of a repeated header are joined with `, `, as fetch does, so
 * that the strict patterns of single-valued headers reject them.
 */
export function headerValue(headers: HeadersLike, name: string): string | undefined {
  const values = headerValues(headers, name)
  return values.length === 0 ? undefined : values.join(', ')
}
