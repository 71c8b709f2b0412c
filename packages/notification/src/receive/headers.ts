import { requestIdOf } from '@wechatpay-entrust/base'
import { NotificationError } from '../errors.ts'
import { tooLarge } from './raw-body.ts'
import type { OpenedRequest } from './request-forms.ts'

/**
 * Those that decide whether a message is taken. Twice in one message, two readers could decide by
 * different ones.
 */
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
const nothing: readonly (string | undefined)[] = looked.map(() => undefined)

/**
 * Where each has its place, or -1. As a switch, which compares pointers where a Map would hash: a
 * flood comes through here.
 */
function placeOf(name: string): number {
  switch (name) {
    case 'wechatpay-timestamp':
      return 0
    case 'wechatpay-nonce':
      return 1
    case 'wechatpay-signature':
      return 2
    case 'wechatpay-serial':
      return 3
    case 'wechatpay-signature-type':
      return 4
    case 'content-encoding':
      return 5
    case 'content-length':
      return 6
    case 'content-type':
      return 7
    case requestId:
      return 8
    default:
      return -1
  }
}

/**
 * The headers that are looked at, asked for in lower case, and the name of a deciding one that came
 * twice.
 */
export interface FoundHeaders extends Pick<Headers, 'get'> {
  readonly repeated: string | undefined
}

/**
 * In one pass. Web headers stay as they are: what came twice is one value there, joined, and no
 * signature holds with that.
 */
export function findHeaders({ headers }: Pick<OpenedRequest, 'headers'>): FoundHeaders {
  if (typeof headers.get === 'function') {
    const web = headers as Pick<Headers, 'get'>
    return { get: (name) => web.get(name), repeated: undefined }
  }
  const all = headers as Readonly<Record<string, string | readonly string[] | undefined>>
  const values = nothing.slice()
  let repeated: string | undefined
  for (const key of Object.keys(all)) {
    const exact = placeOf(key)
    const place = exact < 0 ? placeOf(key.toLowerCase()) : exact // Node's are in lower case already
    const value = all[key]
    if (place < 0 || value === undefined) continue
    const isList = typeof value !== 'string'
    const isSecond = values[place] !== undefined || (isList && value.length > 1)
    if (isSecond && looked[place] !== requestId) repeated = looked[place]
    values[place] ??= isList ? value[0] : value
  }
  return { get: (name) => values[placeOf(name)] ?? null, repeated }
}

/** @throws {NotificationError} `duplicate-header` */
export function requireSingle(
  { repeated }: FoundHeaders,
  { headersDistinct }: OpenedRequest,
): void {
  // Node joins or drops a repeated header in `headers`, and keeps every one of them in
  // `headersDistinct`.
  const twice =
    repeated ??
    (headersDistinct && deciding.find((name) => (headersDistinct[name]?.length ?? 0) > 1))
  if (twice === undefined) return
  throw new NotificationError(
    'duplicate-header',
    `The header ${twice} came more than once; one was expected.`,
  )
}

/**
 * For the log and for support only, so of several the first will do; but nothing that could forge a
 * line in a log.
 */
export function readRequestId(headers: FoundHeaders): string | undefined {
  return requestIdOf(headers)
}

/**
 * What the headers alone can refuse, before one byte of the body is read.
 *
 * @throws {NotificationError} `body-too-large`, `content-encoding`, `content-type`
 */
export function checkContentHeaders(headers: FoundHeaders, maxBytes: number): void {
  if (Number(headers.get('content-length')) > maxBytes) throw tooLarge(maxBytes)
  if ((headers.get('content-encoding') ?? '') !== '') {
    throw new NotificationError(
      'content-encoding',
      'The body has a Content-Encoding; WeChat Pay sends plain bytes. If a proxy compresses requests, turn that off.',
    )
  }
  const charset = readCharset(headers.get('content-type') ?? '')
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    throw new NotificationError(
      'content-type',
      'The Content-Type names a charset other than UTF-8.',
    )
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
