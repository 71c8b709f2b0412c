import { type Authorization, requestText } from '@wechatpay-entrust/auth/platform'
import { utf8 } from '@wechatpay-entrust/base'

/** A text that a client may have signed by mistake. */
export interface LikelyText {
  readonly text: string
  /** What is different about it. */
  readonly mistakes: readonly string[]
}

export interface Sent {
  readonly method: string
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

type Variant = readonly [value: string, mistake: string | undefined]

/**
 * Texts that result from the usual mistakes and from two or three of them together; the fewest
 * mistakes first.
 */
export function likelyTexts(sent: Sent, { timestamp, nonce_str }: Authorization): LikelyText[] {
  const texts: LikelyText[] = []
  for (const [method, byMethod] of methods(sent.method))
    for (const [url, byUrl] of urls(sent))
      for (const [body, byBody] of bodies(sent.body)) {
        const bytes = requestText({ method, url, body: utf8(body) }, timestamp, nonce_str)
        for (const [text, byFrame] of frames(
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
          body,
        )) {
          const mistakes = [byMethod, byUrl, byBody, byFrame].filter(
            (mistake) => mistake !== undefined,
          )
          if (mistakes.length > 0) texts.push({ text, mistakes })
        }
      }
  return texts.sort((one, other) => one.mistakes.length - other.mistakes.length)
}

const methods = (method: string): Variant[] => [
  [method, undefined],
  [method.toLowerCase(), 'the method in lower case'],
]

function urls({ url, headers }: Sent): Variant[] {
  const [path = '', query] = url.split(/\?(.*)/s, 2)
  const variants: Variant[] = [
    [path, 'the address without its query'],
    [`https://api.mch.weixin.qq.com${url}`, 'the whole address instead of path and query'],
    [`http://${headers.host ?? ''}${url}`, 'the whole address instead of path and query'],
    [url.replace(/^\/v3/, ''), 'the path without /v3'],
    [url.replace(/^\//, ''), 'the path without its first slash'],
    [decoded(url), 'the address decoded'],
    [encodeURI(decoded(url)), 'the address encoded in another way'],
    [`${path}/${query === undefined ? '' : `?${query}`}`, 'the path with a slash at its end'],
    [path.replace(/\/$/, ''), 'the path without the slash at its end'],
    [`${url}?`, 'the address with an empty query'],
  ]
  return [[url, undefined], ...variants.filter(([value]) => value !== url)]
}

function bodies(body: string): Variant[] {
  // Each is a copy of the body. For a large body only the shorter variants are tried.
  const json = body.length > 8192 ? undefined : parsed(body)
  const variants: Variant[] = [
    ['', 'no body'],
    [body.trimEnd(), 'the body without the white space at its end'],
    [`${body}\n`, 'the body with a line feed at its end'],
    [body.replace(/^\ufeff/, ''), 'the body without its byte order mark'],
    [body.replaceAll('\r\n', '\n'), 'the body with LF for CRLF'],
    ...(body === ''
      ? ['{}', 'null', 'undefined', '[]', '""'].map(
          (text): Variant => [text, `${text} for an empty body`],
        )
      : []),
    ...(json === undefined ? [] : serialized(json)),
  ]
  return [[body, undefined], ...variants.filter(([value]) => value !== body)]
}

/** The same value as other libraries write it. */
function serialized(json: unknown): Variant[] {
  const compact = JSON.stringify(json)
  const sorted = JSON.stringify(sortKeys(json))
  const ascii = (text: string) =>
    text.replace(
      /[\u007f-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
  const slashes = (text: string) => text.replaceAll('/', '\\/')
  return [
    [compact, 'the body serialised a second time'],
    [JSON.stringify(json, null, 2), 'the body indented by two'],
    [JSON.stringify(json, null, 4), 'the body indented by four'],
    [spaced(json), 'the body with spaces after commas and colons'],
    [
      ascii(spaced(json)),
      'the body with spaces after commas and colons, and Chinese characters escaped',
    ],
    [ascii(compact), 'the body with Chinese characters escaped'],
    [slashes(compact), 'the body with slashes escaped'],
    [slashes(ascii(compact)), 'the body with slashes and Chinese characters escaped'],
    [
      compact.replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
      'the body with <, > and & escaped',
    ],
    [sorted, 'the body with its members sorted'],
    [
      spaced(sortKeys(json)),
      'the body with its members sorted, and spaces after commas and colons',
    ],
    [JSON.stringify(compact), 'the body serialised twice, as a text in quotes'],
    [
      new URLSearchParams(
        Object.entries(Object(json)).map(([name, value]) => [name, String(value)]),
      ).toString(),
      'the body as a form',
    ],
  ]
}

const frames = (text: string, body: string): Variant[] => [
  [text, undefined],
  [text.slice(0, -1), 'the last line feed is missing'],
  // Only separators: the body may have its own line feeds.
  [separated(text, body, '\\n'), 'a backslash and an n where line feeds belong'],
  [separated(text, body, '\r\n'), 'CRLF where line feeds belong'],
  [separated(text, body, ''), 'no line feeds'],
  [swapped(text), 'nonce and timestamp exchanged'],
]

function separated(text: string, body: string, by: string): string {
  const head = text.slice(0, text.length - body.length - 1)
  return head.replaceAll('\n', by) + body + by
}

const swapped = (text: string): string => text.replace(/^(.*\n.*\n)(.*\n)(.*\n)/, '$1$3$2')

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, sortKeys(inner)]))
}

/** Like Python's `json.dumps` by default, except for its escapes. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([name, inner]) => `${JSON.stringify(name)}: ${spaced(inner)}`)
    .join(', ')}}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
