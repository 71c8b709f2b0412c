import { headerValues } from '@wechatpay-entrust/auth'
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

/** The deciding ones that are there, in lower case, each once. */
export type DecidingHeaders = Readonly<Record<string, string>>

/** @throws {NotificationError} `duplicate-header` */
export function readHeaders({ headers, headersDistinct }: OpenedRequest): DecidingHeaders {
  const values: Record<string, string> = {}
  for (const name of deciding) {
    const found = headerValues(headers, name)
    // Node joins or drops a repeated header in `headers`, and keeps every one of them in `headersDistinct`.
    if (found.length > 1 || headerValues(headersDistinct ?? {}, name).length > 1) {
      throw new NotificationError('duplicate-header', `The header ${name} came more than once; one was expected.`)
    }
    if (found[0] !== undefined) values[name] = found[0]
  }
  return values
}

/** For the log and for support only, so of several the first will do; but nothing that could forge a line in a log. */
export function readRequestId({ headers }: OpenedRequest): string | undefined {
  const found = headerValues(headers, 'request-id')[0]
  return found !== undefined && /^[\w-]{1,128}$/.test(found) ? found : undefined
}

/**
 * What the headers alone can refuse, before one byte of the body is read.
 *
 * @throws {NotificationError} `body-too-large`, `content-encoding`, `content-type`
 */
export function checkContentHeaders(values: DecidingHeaders, maxBytes: number): void {
  const length = values['content-length'] ?? ''
  if (/^\d+$/.test(length) && Number(length) > maxBytes) throw tooLarge(maxBytes)
  if ((values['content-encoding'] ?? '') !== '') {
    throw new NotificationError(
      'content-encoding',
      'The body has a Content-Encoding; WeChat Pay sends plain bytes. If a proxy compresses requests, turn that off.',
    )
  }
  const charset = readCharset(values['content-type'] ?? '')
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    throw new NotificationError('content-type', 'The Content-Type names a charset other than UTF-8.')
  }
}

function readCharset(contentType: string): string | undefined {
  for (const parameter of contentType.toLowerCase().split(';').slice(1)) {
    const [name, ...value] = parameter.split('=')
    if (name?.trim() === 'charset') return value.join('=').trim().replace(/^"|"$/g, '')
  }
  return undefined
}
