import type { ApiResponse } from '../call/operation.ts'
import type {
  Download,
  DownloadOptions,
  UnverifiedDownload,
  UnverifiedDownloadOptions,
} from './download.ts'
import type { TransferParts } from './options.ts'
import type { UploadOptions } from './upload.ts'

/** The calls of a client that carry files. APIv3 signs them in other ways than its JSON. */
export interface Transfers {
  /**
   * Downloads a file (such as a bill, 账单) whose hash a verified response has named. WeChat Pay does
   * not sign the file itself, so the call resolves only if the file has that hash; otherwise nothing of
   * it is kept: no file is left at `to` or beside it, and a stream is destroyed.
   *
   * Failed attempts are repeated as for a GET, but not once bytes went to a stream of yours.
   *
   * @param url the `download_url` of the response, as it is
   * @throws {ApiError} `HASH_MISMATCH`, `BODY_TOO_LARGE`, `MALFORMED_RESPONSE` (not valid gzip, not a
   * 200), `TARGET_FAILED`, and those of any call; also {RequestError}, the error classes of the
   * `unverifiedFetch` option, and `signal.reason`
   *
   * @example
   * ```ts
   * import { type ClientFetch, createClient } from '@wechatpay-entrust/core'
   *
   * declare const fetch: ClientFetch // createSigningFetch({ … }) of @wechatpay-entrust/auth
   * declare const unverifiedFetch: ClientFetch // createUnverifiedFetch({ … })
   * const client = createClient({ fetch, unverifiedFetch })
   * const query = { bill_date: '2026-11-27', tar_type: 'GZIP' }
   * const { data } = await client.request('GET', '/v3/bill/tradebill', { query })
   * const bill = data as { hash_type: string; hash_value: string; download_url: string }
   * const { size } = await client.download(bill.download_url, { hash: bill, gunzip: true, to: 'bill.csv' })
   * ```
   */
  download(url: string, options: DownloadOptions): Promise<Download>
  /**
   * Downloads one of the documented streams that WeChat Pay neither signs nor gives a hash of, such as
   * `/v3/merchant-service/images/{media_id}`. **Nothing proves where the bytes come from**: treat them
   * like a file that a stranger has sent.
   *
   * @param url a path that begins with `/v3/`, or a URL of a response
   * @throws {ApiError} and {RequestError}, as `download`
   *
   * @example
   * ```ts
   * import type { Client } from '@wechatpay-entrust/core'
   *
   * declare const client: Client
   * const image = await client.downloadUnverified('/v3/merchant-service/images/ChsyMDA1', { maxBytes: 2_000_000 })
   * console.log(image.verified, image.bytes)
   * ```
   */
  downloadUnverified(url: string, options?: UnverifiedDownloadOptions): Promise<UnverifiedDownload>
  /**
   * Uploads a file as multipart/form-data with a `meta` part that has its `filename` and `sha256`. The
   * signature covers `meta`, as APIv3 asks; the response is verified like any other.
   *
   * @param path such as `/v3/merchant/media/upload`
   * @throws {RequestError} `invalid-file`, `mismatched-hash` and others; also {ApiError}, the error
   * classes of the `fetch` option, and `signal.reason`
   *
   * @example
   * ```ts
   * import type { Client } from '@wechatpay-entrust/core'
   *
   * declare const client: Client
   * const { data } = await client.upload('/v3/merchant/media/upload', { file: 'licence.png' })
   * const { media_id } = data as { media_id: string }
   * ```
   */
  upload(path: string, options: UploadOptions): Promise<ApiResponse<unknown>>
}

/**
 * Their code is loaded at the first use.
 *
 * @throws {TypeError} when `unverifiedFetch` is no function
 */
export function createTransfers(parts: TransferParts): Transfers {
  if (parts.unverifiedFetch !== undefined && typeof parts.unverifiedFetch !== 'function') {
    throw new TypeError(
      'createClient: `unverifiedFetch` is to be what createUnverifiedFetch of @wechatpay-entrust/auth makes',
    )
  }
  return {
    async download(url, options) {
      const { download } = await import('./download.ts')
      return download(parts, url, options)
    },
    async downloadUnverified(url, options) {
      const { downloadUnverified } = await import('./download.ts')
      return downloadUnverified(parts, url, options)
    },
    async upload(path, options) {
      const { upload } = await import('./upload.ts')
      return upload(parts, path, options)
    },
  }
}
