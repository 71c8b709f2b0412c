/**
 * A value from JSON bytes, or undefined: not UTF-8, a byte order mark, not JSON. Callers read single members by name and
 * check the type of each, so that no key of the bytes reaches a prototype; the client's reader of answers is in core,
 * which this package does not import.
 */
export function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** An own member of a JSON object; undefined where there is none, or no object. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}
