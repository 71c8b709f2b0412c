/** A web `Headers`, or the plain object that Node and most frameworks give. */
export type HeadersLike = Headers | { readonly [name: string]: string | readonly string[] | undefined }

/**
 * The value of a header, whatever the case of its name. One that came several times is joined with `, `, as fetch does,
 * so that the strict patterns of single-valued headers refuse it.
 */
export function headerValue(headers: HeadersLike, name: string): string | undefined {
  if (typeof headers.get === 'function') return (headers as Headers).get(name) ?? undefined
  const record = headers as Exclude<HeadersLike, Headers>
  const found: string[] = []
  for (const key of Object.keys(record)) {
    if (key.toLowerCase() !== name) continue
    const value = record[key]
    if (typeof value === 'string') found.push(value)
    else if (value) found.push(...value)
  }
  return found.length === 0 ? undefined : found.join(', ')
}
