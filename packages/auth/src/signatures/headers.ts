/** A web `Headers`, or the plain object that Node and most frameworks give; names in any case. */
export type HeadersLike =
  | Pick<Headers, 'get'>
  | Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * The values of a header, whatever the case of its name (given in lower case). Web `Headers` have
 * already joined those of a header that came several times; a plain object may still hold them
 * apart.
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
 * The value of a header. One that came several times is joined with `, `, as fetch does, so that
 * the strict patterns of single-valued headers refuse it.
 */
export function headerValue(headers: HeadersLike, name: string): string | undefined {
  if (typeof headers.get === 'function')
    return (headers as Pick<Headers, 'get'>).get(name) ?? undefined
  const values = headerValues(headers, name)
  return values.length === 0 ? undefined : values.join(', ')
}
