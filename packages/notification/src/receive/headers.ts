import { NotificationError } from '../errors/notification-error.ts'
import { requireNames, requireTexts, unsupported } from './header-types.ts'
import { tooLarge } from './raw-body.ts'
import type { OpenedRequest } from './request-forms.ts'

/**
 * The headers that decide whether a message is accepted. If one occurred twice, two readers could
 * use different values.
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
 * The position of each header, or -1. A switch compares pointers where a Map would compute a hash;
 * in a flood of forged messages this runs for each of them.
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
 * The headers by their lower-case names, and the name of a deciding header that occurred twice.
 */
export interface FoundHeaders extends Pick<Headers, 'get'> {
  readonly repeated: string | undefined
}

/**
 * Reads all headers in one pass. Web `Headers` have already joined repeated headers into one value,
 * which no check accepts.
 *
 * @throws {NotificationError} `unsupported-headers`
 */
export function findHeaders({ headers }: Pick<OpenedRequest, 'headers'>): FoundHeaders {
  requireNames(headers)
  if (isWebLike(headers)) return findInWeb(headers)
  const all = headers as Readonly<Record<string, unknown>>
  const values = nothing.slice()
  let repeated: string | undefined
  for (const key of Object.keys(all)) {
    const exact = placeOf(key)
    const place = exact < 0 ? placeOf(key.toLowerCase()) : exact // Node's are in lower case already
    const value = all[key]
    if (place < 0 || value === undefined) continue
    const isList = typeof value !== 'string'
    if (isList) requireTexts(key, value)
    const isSecond = values[place] !== undefined || (isList && value.length > 1)
    if (isSecond && looked[place] !== requestId) repeated = looked[place]
    values[place] ??= isList ? value[0] : value
  }
  return { get: (name) => values[placeOf(name)] ?? null, repeated }
}

function isWebLike(headers: object): headers is { get(name: string): unknown } {
  return 'get' in headers && typeof headers.get === 'function'
}

/** `Headers`, also of another realm or library. */
function findInWeb(headers: { get(name: string): unknown }): FoundHeaders {
  const values = looked.map((name) => {
    const value = headers.get(name) ?? undefined
    if (value === undefined || typeof value === 'string') return value
    throw unsupported(`headers.get('${name}')`, value, 'text or null')
  })
  return { get: (name) => values[placeOf(name)] ?? null, repeated: undefined }
}

/** The known ones. Another value is not quoted: anyone can send it. */
const encodings = ['gzip', 'x-gzip', 'br', 'deflate', 'zstd', 'compress']

/** @throws {NotificationError} `duplicate-header` */
export function requireSingle(
  { repeated }: FoundHeaders,
  { headersDistinct }: OpenedRequest,
): void {
  // Node joins or drops a repeated header in `headers`, and has all of them in `headersDistinct`.
  const twice =
    repeated ??
    (headersDistinct && deciding.find((name) => (headersDistinct[name]?.length ?? 0) > 1))
  if (twice === undefined) return
  throw new NotificationError(
    'duplicate-header',
    `The header ${twice}: found it more than once; expected it once.`,
  )
}

/**
 * Rejects what the headers alone can show, before the body is read.
 *
 * @throws {NotificationError} `body-too-large`, `content-encoding`, `content-type`
 */
export function checkContentHeaders(headers: FoundHeaders, maxBytes: number): void {
  if (Number(headers.get('content-length')) > maxBytes) throw tooLarge(maxBytes)
  const encoding = (headers.get('content-encoding') ?? '').trim().toLowerCase()
  if (encoding !== '' && encoding !== 'identity') {
    const found = encodings.includes(encoding) ? encoding : 'another value'
    throw new NotificationError(
      'content-encoding',
      `The header content-encoding: found ${found}; expected none, or identity.`,
    )
  }
  const charset = readCharset(headers.get('content-type') ?? '')
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    throw new NotificationError(
      'content-type',
      'The header content-type: found a charset other than UTF-8; expected UTF-8, or no charset.',
    )
  }
}

function readCharset(contentType: string): string | undefined {
  for (const parameter of contentType.toLowerCase().split(';')) {
    const [name = '', ...value] = parameter.split('=')
    if (name.trim() === 'charset') return value.join('=').trim().replace(/^"|"$/g, '')
  }
  return undefined
}
