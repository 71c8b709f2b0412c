import { usageError } from '../usage-error.ts'
import { parseJson } from './read-input.ts'

/** A notification that was stored in a file. */
export interface StoredMessage {
  readonly headers: Headers | undefined
  /** Exactly the signed bytes. */
  readonly body: Uint8Array<ArrayBuffer>
}

/**
 * Reads a notification from a file in one of three forms: the body alone; an HTTP message (header
 * lines, an empty line, the body); a JSON object with `headers` and `body`, as the mock lists its
 * deliveries. The headers may be in a separate file, as lines or as a JSON object.
 *
 * @throws {UsageError} `malformed-input`
 */
export function readMessage(text: string, headersText: string | undefined): StoredMessage {
  if (headersText !== undefined) return { headers: readHeaders(headersText), body: bytes(text) }
  if (!text.trimStart().startsWith('{')) return readHttp(text)
  const value = parseJson(text, 'FILE') as Readonly<Record<string, unknown>>
  if (typeof value.body !== 'string' || typeof value.headers !== 'object')
    return { headers: undefined, body: bytes(text) }
  return { headers: headersOf(value.headers as Record<string, unknown>), body: bytes(value.body) }
}

function readHttp(text: string): StoredMessage {
  const [head = '', gap = ''] = /^[\s\S]*?(\r?\n\r?\n)/.exec(text) ?? []
  if (gap === '') throw malformed('FILE', 'an HTTP message, or a body in JSON')
  return { headers: headerLines(head.trim()), body: bytes(text.slice(head.length)) }
}

const readHeaders = (text: string) =>
  text.trimStart().startsWith('{')
    ? headersOf(parseJson(text, 'FILE') as Record<string, unknown>)
    : headerLines(text.trim())

function headerLines(text: string): Headers {
  const lines = text.split(/\r?\n/)
  // The file may begin with the request line.
  if (/^[A-Z]+ \S+ HTTP\//.test(lines[0] ?? '')) lines.shift()
  return headersOf(
    Object.fromEntries(
      lines.map((line) => [line.split(':', 1)[0] ?? '', line.replace(/^[^:]*:\s*/, '')]),
    ),
  )
}

function headersOf(fields: Readonly<Record<string, unknown>>): Headers {
  try {
    return new Headers(
      Object.entries(fields).map(
        ([name, value]) => [name.trim(), String(value)] as [string, string],
      ),
    )
  } catch {
    // The message of `Headers` quotes the line.
    throw malformed('headers', 'lines such as `Wechatpay-Nonce: …`, or a JSON object')
  }
}

function malformed(slot: string, expected: string) {
  return usageError('malformed-input', `${slot}: found another form; expected ${expected}.`, {
    en: 'Pass the notification as it was received.',
    zh: '请原样传入收到的通知。',
  })
}

const bytes = (text: string) => new TextEncoder().encode(text)
