import { isRecord, mask, printable, readJson } from '@wechatpay-entrust/base'

/** The readable parts of an APIv3 error body. */
export interface ErrorBody {
  readonly code: string | undefined
  /** One line of limited length, without control characters and personal values of the request. */
  readonly message: string
  readonly detail: unknown
}

/**
 * Reads `{ code, message, detail }`; `undefined` for a body of another shape, because the body is
 * untrusted.
 */
export function readErrorBody(
  bytes: Uint8Array | undefined,
  personal: readonly string[],
): ErrorBody | undefined {
  const body = bytes === undefined ? undefined : readJson(bytes)
  if (!isRecord(body)) return undefined
  const { code, message, detail } = body
  const isCode = typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(code)
  if (!isCode && typeof message !== 'string') return undefined
  const place = isRecord(detail)
    ? [detail.field, detail.issue].filter((item) => typeof item === 'string').join(': ')
    : ''
  const text = typeof message === 'string' ? message : ''
  return {
    code: isCode ? code : undefined,
    message: printable(
      mask([text, place === '' ? '' : `(${place})`].filter(Boolean).join(' '), personal),
      256,
    ),
    detail,
  }
}
