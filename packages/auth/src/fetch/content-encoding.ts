/**
 * The `Content-Encoding` of a message, if its body is encoded. The signature covers the bytes before
 * any encoding, so that an encoded body cannot be verified; `identity` means that it is not encoded.
 */
export function contentEncoding(headers: Pick<Headers, 'get'>): string | undefined {
  const value = headers.get('content-encoding')?.trim()
  if (value === undefined || value === '') return undefined
  return value.split(',').every((one) => one.trim().toLowerCase() === 'identity')
    ? undefined
    : value
}
