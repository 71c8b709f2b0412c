import { printable } from './text.ts'

/**
 * The `Request-ID` header of a message, safe to log; undefined if the header is missing. It is cut
 * and has no control characters, because the signature does not cover this header: a proxy may have
 * written it.
 */
export function requestIdOf(headers: { get(name: string): unknown }): string | undefined {
  const value = headers.get('request-id')
  return typeof value === 'string' && value !== '' ? printable(value, 128) : undefined
}
