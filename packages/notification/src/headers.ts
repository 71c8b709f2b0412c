import { NotificationError } from './errors.ts'
import { tooLarge } from './raw-body.ts'
import type { OpenedRequest } from './request-forms.ts'

/** Those that decide whether a message is taken. Twice in one message, two readers could decide by different ones. */
const deciding = [
  'wechatpay-timestamp',
  'wechatpay-nonce',
  'wechatpay-signature',
  'wechatpay-serial',
  'wechatpay-signature-type',
  'content-encoding',
  'content-length',
  'content-type',
] as const
const requestId = 'request-id'
const looked = [...deciding, requestId] as const
const isLooked: ReadonlySet<string> = new Set(looked)

/** The deciding ones that are there, asked for in lower case. */
export type DecidingHeaders = Pick<Headers, 'get'>

/** @throws {NotificationError} `duplicate-header` */
export function readHeaders({ values, repeated }: FoundHeaders, { headersDistinct }: OpenedRequest): DecidingHeaders {
  // Node joins or drops a repeated header in `headers`, and keeps every one of them in `headersDistinct`.
  const twice = repeated ?? (headersDistinct && deciding.find((name) => (headersDistinct[name]?.length ?? 0) > 1))
  if (twice !== undefined) {
    throw new NotificationError('duplicate-header', `The header ${twice} came more than once; one was expected.`)
  }
  return { get: (name) => values.get(name) ?? null }
}

/** The headers that are looked at, by name in lower case, and the name of a deciding one that came twice. */
export interface FoundHeaders {
  readonly values: ReadonlyMap<string, string>
  readonly repeated: string | undefined
}

/** In one pass. */
export function findHeaders({ headers }: OpenedRequest): FoundHeaders {
  const values = new Map<string, string>()
  let repeated: string | undefined
  const add = (name: string, value: string) => {
    if (!values.has(name)) values.set(name, value)
    else if (name !== requestId) repeated = name
  }
  if (typeof headers.get === 'function') {
    for (const name of looked) {
      const value = (headers as Pick<Headers, 'get'>).get(name)
      if (value !== null) add(name, value)
    }
    return { values, repeated }
  }
  const all = headers as Readonly<Record<string, string | readonly string[] | undefined>>
  for (const key of Object.keys(all)) {
    // Node's are in lower case already: this is done for every message of a flood.
    const name = isLooked.has(key) ? key : key.toLowerCase()
    if (!isLooked.has(name)) continue
    const value = all[key]
    if (value === undefined) continue
    if (typeof value === 'string') add(name, value)
    else for (const one of value) add(name, one)
  }
  return { values, repeated }
}

/** For the log and for support only, so of several the first will do; but nothing that could forge a line in a log. */
export function readRequestId({ values }: FoundHeaders): string | undefined {
  const found = values.get(requestId)
  return found !== undefined && /^[\w-]{1,128}$/.test(found) ? found : undefined
}

/**
 * What the headers alone can refuse, before one byte of the body is read.
 *
 * @throws {NotificationError} `body-too-large`, `content-encoding`, `content-type`
 */
export function checkContentHeaders(values: DecidingHeaders, maxBytes: number): void {
  const length = values.get('content-length') ?? ''
  if (/^\d+$/.test(length) && Number(length) > maxBytes) throw tooLarge(maxBytes)
  if ((values.get('content-encoding') ?? '') !== '') {
    throw new NotificationError(
      'content-encoding',
      'The body has a Content-Encoding; WeChat Pay sends plain bytes. If a proxy compresses requests, turn that off.',
    )
  }
  const charset = readCharset(values.get('content-type') ?? '')
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    throw new NotificationError('content-type', 'The Content-Type names a charset other than UTF-8.')
  }
}

function readCharset(contentType: string): string | undefined {
  if (!contentType.includes(';')) return undefined
  for (const parameter of contentType.toLowerCase().split(';').slice(1)) {
    const [name, ...value] = parameter.split('=')
    if (name?.trim() === 'charset') return value.join('=').trim().replace(/^"|"$/g, '')
  }
  return undefined
}
