/** Why bytes are rejected as JSON. */
export type JsonErrorCode =
  | 'bom'
  | 'utf-8'
  | 'syntax'
  | 'forbidden-key'
  | 'depth'
  | 'unsafe-integer'

/**
 * Received bytes that do not pass the strict JSON rules of `parseJsonStrict`. The message never
 * quotes the bytes.
 */
export class JsonError extends Error {
  override readonly name = 'JsonError'
  readonly code: JsonErrorCode

  constructor(code: JsonErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

const maxDepth = 32
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads JSON from the bytes that were verified. Rejects what two JSON parsers could read
 * differently: a byte order mark, invalid UTF-8, the keys `__proto__` and `constructor.prototype`
 * (at any depth), more than 32 levels, and numbers that JavaScript would silently round (integers
 * beyond 2^53, 1e400). Of two equal keys in one object the last one wins, as with `JSON.parse`;
 * what is checked and what is used is the same value.
 *
 * @throws {JsonError} `bom` | `utf-8` | `syntax` | `forbidden-key` | `depth` | `unsafe-integer`
 *
 * @example
 * ```ts
 * import { parseJsonStrict } from '@wechatpay-entrust/base'
 *
 * const value: unknown = parseJsonStrict(new TextEncoder().encode('{"service_id":12535}'))
 * ```
 */
export function parseJsonStrict(bytes: Uint8Array): unknown {
  return readJsonStrict(bytes).value
}

/**
 * Like `parseJsonStrict`, and also returns the decoded text. Decoding costs as much as parsing, so
 * it is done only once.
 */
export function readJsonStrict(bytes: Uint8Array): {
  readonly text: string
  readonly value: unknown
} {
  // Response.text() and a default TextDecoder silently drop the mark: the text would no longer be
  // the signed one.
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw new JsonError(
      'bom',
      'JSON begins with a byte order mark (EF BB BF), which is not allowed here: something on the way added it',
    )
  }
  const text = decode(bytes)
  const value = parse(text, bytes)
  inspect(value, 0)
  return { text, value }
}

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new JsonError(
      'utf-8',
      `JSON of ${bytes.length} bytes is not UTF-8, the only encoding allowed here: something on the way re-encoded it`,
    )
  }
}

function parse(text: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The engine's error quotes the text, which may hold personal data, so it is not used as
    // `cause`.
    const first = bytes[0]
    const found =
      first === undefined
        ? 'no bytes at all'
        : `${bytes.length} bytes, the first 0x${first.toString(16).padStart(2, '0')}${first === 0x3c ? ' ("<": an HTML page?)' : ''}`
    throw new JsonError('syntax', `expected JSON, found ${found}`)
  }
}

/** Stops at `maxDepth`, so that deep nesting is rejected and never overflows the stack. */
function inspect(value: unknown, depth: number): void {
  if (typeof value === 'number') rejectRounded(value)
  if (typeof value !== 'object' || value === null) return
  if (depth === maxDepth)
    throw new JsonError('depth', `JSON is nested more than ${maxDepth} levels deep`)
  if (Array.isArray(value)) {
    for (const member of value) inspect(member, depth + 1)
    return
  }
  // JSON.parse creates own properties only, also for the key `__proto__`, so for…in sees them all.
  for (const key in value) {
    const member = (value as Readonly<Record<string, unknown>>)[key]
    rejectKey(key, member)
    inspect(member, depth + 1)
  }
}

function rejectRounded(value: number): void {
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return
  throw new JsonError(
    'unsafe-integer',
    'JSON holds a number beyond ±(2^53 − 1), which JavaScript would round to another one',
  )
}

function rejectKey(key: string, member: unknown): void {
  if (key !== '__proto__' && key !== 'constructor') return
  const isPrototype = isRecord(member) && Object.hasOwn(member, 'prototype')
  if (key === 'constructor' && !isPrototype) return
  throw new JsonError(
    'forbidden-key',
    `JSON holds the key ${key === '__proto__' ? '__proto__' : 'constructor.prototype'}, which only an attack needs`,
  )
}

/** Like `parseJsonStrict`, but returns undefined instead of throwing. */
export function readJson(bytes: Uint8Array): unknown {
  try {
    return parseJsonStrict(bytes)
  } catch {
    return undefined
  }
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An own member of a JSON object; undefined if it has no such member or is not an object. */
export function member(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
