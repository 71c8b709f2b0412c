import { printable } from './text.ts'

/**
 * The `Request-ID` header of a message as it may be logged; undefined where it has none. Cut, and
 * without control characters: the header is not part of what is signed, so anyone on the way may
 * have written it.
 */
export function requestIdOf(headers: { get(name: string): unknown }): string | undefined {
  const value = headers.get('request-id')
  return typeof value === 'string' && value !== '' ? printable(value, 128) : undefined
}
