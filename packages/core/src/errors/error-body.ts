/** APIv3's error body, as far as it could be read and shown. */
import { isRecord, mask, printable, readJson } from '@wechatpay-entrust/base'
export interface ErrorBody {
  readonly code: string | undefined
  /**
   * One line, capped, without control characters and without the personal values of the request.
   */
  readonly message: string
  readonly detail: unknown
}

/**
 * Reads `{ code, message, detail }`. The body may come from anyone: whatever is not of that shape
 * gives `undefined`.
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
  const said = typeof message === 'string' ? message : ''
  return {
    code: isCode ? code : undefined,
    message: printable(
      mask([said, place === '' ? '' : `(${place})`].filter(Boolean).join(' '), personal),
      256,
    ),
    detail,
  }
}
