/** Why a text was not taken as JSON. */
export type JsonErrorCode =
  | 'bom'
  | 'utf-8'
  | 'syntax'
  | 'forbidden-key'
  | 'depth'
  | 'unsafe-integer'

/**
 * Bytes from the wire that are not JSON as strictly as this project reads it. The text never quotes
 * the bytes.
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
 * Reads JSON from the very bytes that were verified, and refuses what another reader could
 * understand differently: a byte order mark, bad UTF-8, keys that reach for a prototype (at any
 * depth), more than 32 levels, and numbers that a JavaScript number would silently round (integers
 * beyond 2^53, 1e400).
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
 * The same, and the text that the bytes are: it costs as much as the reading, so it is not to be
 * made twice.
 */
export function readJsonStrict(bytes: Uint8Array): {
  readonly text: string
  readonly value: unknown
} {
  // Response.text() and a plain TextDecoder drop the mark without a word, and the text is then not
  // the signed one.
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw new JsonError(
      'bom',
      'JSON begins with a byte order mark (EF BB BF), which APIv3 never sends: something on the way added it',
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
      `JSON of ${bytes.length} bytes is not UTF-8, the only encoding of APIv3: something on the way re-encoded it`,
    )
  }
}

function parse(text: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The engine's own error quotes the text, which may hold personal data: it is not passed on.
    const first = bytes[0]
    const found =
      first === undefined
        ? 'no bytes at all'
        : `${bytes.length} bytes, the first 0x${first.toString(16).padStart(2, '0')}${first === 0x3c ? ' ("<": an HTML page?)' : ''}`
    throw new JsonError('syntax', `expected JSON, found ${found}`)
  }
}

/** Goes no deeper than `maxDepth`, so that depth is a refusal and never a stack overflow. */
function inspect(value: unknown, depth: number): void {
  if (typeof value === 'number') rejectRounded(value)
  if (typeof value !== 'object' || value === null) return
  if (depth === maxDepth)
    throw new JsonError('depth', `JSON is nested more than ${maxDepth} levels deep`)
  if (Array.isArray(value)) {
    for (const member of value) inspect(member, depth + 1)
    return
  }
  // All of them are own ones, as JSON.parse gives no others: `__proto__` is among them.
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
  const reaches =
    key === 'constructor' &&
    typeof member === 'object' &&
    member !== null &&
    Object.hasOwn(member, 'prototype')
  if (key !== '__proto__' && !reaches) return
  throw new JsonError(
    'forbidden-key',
    `JSON holds the key ${key === '__proto__' ? '__proto__' : 'constructor.prototype'}, which only an attack needs`,
  )
}

/** The same for optional reading: undefined instead of an error. */
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

/** An own member of a JSON object; undefined where there is none, or no object. */
export function member(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
