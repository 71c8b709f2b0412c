import { findJsonLoss, isPlainObject } from '@wechatpay-entrust/base'
import { requireLimits } from '../call/call-limits.ts'
import { startContext } from '../call/context.ts'
import type { ApiResponse, CallOptions } from '../call/operation.ts'
import { type ClientFetch, readingHeaders, redirect, requireResponse } from '../call/transport.ts'
import { checkTarget } from '../request/request-path.ts'
import { createDigest } from './digest.ts'
import { contentTypeOf, writeMultipart } from './multipart.ts'
import { requireOptions, type TransferParts } from './options.ts'
import { describe, requestError } from './transfer-error.ts'
import { loadFile, type UploadFile } from './upload-file.ts'

/** What to upload. */
export interface UploadOptions extends Pick<CallOptions, 'signal' | 'timeout' | 'maxAttempts'> {
  /**
   * A path (Node.js, Bun, Deno), a `Blob` or `File`, a `ReadableStream`, a `Readable` of Node.js, or
   * the bytes. It is read into memory once, so that each attempt can send it again.
   */
  readonly file: UploadFile
  /**
   * More members of `meta`. `filename` and `sha256` are filled in; a `sha256` of yours must be the one
   * of the file.
   */
  readonly meta?: { readonly [name: string]: unknown } | undefined
  /** With its ending, which must fit the file. Default: `meta.filename`, or that of the path or the `File`. */
  readonly filename?: string | undefined
  /** Default: that of the `Blob`, or by the ending of the file name. */
  readonly contentType?: string | undefined
  /** A larger file is rejected. Default: 20 MiB. The limits of WeChat Pay are smaller for images. */
  readonly maxBytes?: number | undefined
  /**
   * `safe`: a failed attempt may be repeated, because a second upload only makes a second media id.
   * `unsafe`: only if it was certainly never sent. Default: `safe`.
   */
  readonly retry?: 'safe' | 'unsafe' | undefined
  /** Deadline in milliseconds for all attempts. Default: 120 000. */
  readonly timeout?: number | undefined
}

/** @throws {ApiError} {RequestError} */
export async function upload(
  parts: TransferParts,
  path: string,
  options: UploadOptions = {} as UploadOptions,
): Promise<ApiResponse<unknown>> {
  requireOptions('upload', options, uploadOptions)
  if (typeof path !== 'string') {
    const problem = { location: 'arguments', field: 'path', found: describe(path) } as const
    throw requestError('upload', 'invalid-path', { ...problem, expected: 'a path as text' })
  }
  checkTarget({ method: 'POST', path, hasBody: true })
  const operation = `POST ${path.split('?')[0]}`
  const { file, signal, retry = 'safe', maxBytes = 20 * 1024 * 1024 } = options
  if (retry !== 'safe' && retry !== 'unsafe') {
    const problem = { field: 'retry', found: describe(retry), expected: "'safe' or 'unsafe'" }
    throw requestError(operation, 'not-in-enum', problem)
  }
  const defaults = { timeout: 120_000, maxAttempts: parts.maxAttempts }
  const { timeout, maxAttempts } = requireLimits(operation, options, defaults)
  const given = requireMeta(operation, options.meta)
  signal?.throwIfAborted()
  const loaded = await loadFile(operation, file, maxBytes, signal)
  const filename = requireFilename(
    operation,
    options.filename ?? given.filename ?? loaded.filename,
    given.filename,
  )
  const sha256 = await hashOf(loaded.bytes)
  requireSameHash(operation, given.sha256, sha256)
  const json = { ...given, filename, sha256 }
  const meta = JSON.stringify(json)
  const contentType = requireContentType(
    operation,
    options.contentType ?? loaded.contentType ?? contentTypeOf(filename),
  )
  const multipart = writeMultipart({ meta, bytes: loaded.bytes, filename, contentType, sha256 })
  const context = startContext({
    operation,
    method: 'POST',
    spec: undefined,
    personalNames: parts.personalNames,
    json,
    echo: [],
    timeout,
    isSafe: retry === 'safe',
  })
  const send = sendWith(parts.fetch, { ...multipart, meta })
  return parts.exchange({ target: path, body: undefined, signal, maxAttempts, send }, context)
}

/** Each attempt sends the same bytes; the signature covers `meta` only. */
function sendWith(
  fetch: ClientFetch,
  { body, meta, contentType }: ReturnType<typeof writeMultipart> & { readonly meta: string },
) {
  const headers = { ...readingHeaders, 'content-type': contentType }
  return async (attempt: { operation: string; url: string; signal: AbortSignal }) => {
    const { operation, url, signal } = attempt
    const how = { operation, method: 'POST', headers, redirect, signal } as const
    return requireResponse(await fetch(url, { ...how, body, signedBody: meta }))
  }
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  const digest = createDigest('SHA-256')
  digest.update(bytes)
  return digest.end()
}

function requireMeta(
  operation: string,
  meta: UploadOptions['meta'] = {},
): { readonly [name: string]: unknown } {
  if (!isPlainObject(meta)) {
    const problem = { field: 'meta', found: describe(meta), expected: 'an object' }
    throw requestError(operation, 'wrong-type', problem)
  }
  const loss = findJsonLoss(meta)
  if (loss === undefined) return meta
  const { field, found } = loss
  const expected = 'a value that JSON can carry'
  throw requestError(operation, 'not-serialisable', { field: `meta${field}`, found, expected })
}

/** The name is in a header of the part and in `meta`, and both must be equal. */
function requireFilename(operation: string, filename: unknown, inMeta: unknown): string {
  const invalid = (found: string, expected: string) =>
    requestError(operation, 'invalid-file', { field: 'filename', found, expected })
  if (typeof filename !== 'string' || filename === '') {
    const expected = 'the name of the file with its ending (option `filename`)'
    throw invalid(describe(filename), expected)
  }
  if (filename.length > 256 || /[\p{Cc}\\/]/u.test(filename) || !filename.isWellFormed())
    throw invalid(
      'a text that is no file name',
      'at most 256 characters, without folders and control characters',
    )
  if (inMeta !== undefined && inMeta !== filename)
    throw invalid('another name than meta.filename', 'one name, in one of the two')
  return filename
}

function requireSameHash(operation: string, given: unknown, sha256: string): void {
  if (given === undefined) return
  if (typeof given === 'string' && given.toLowerCase() === sha256) return
  throw requestError(operation, 'mismatched-hash', {
    field: 'meta.sha256',
    found: typeof given === 'string' ? 'another hash' : describe(given),
    expected: `${sha256}, the SHA-256 of the file; leave it out`,
  })
}

function requireContentType(operation: string, contentType: unknown): string {
  if (typeof contentType === 'string' && /^[\w.+-]+\/[\w.+-]+(; ?[\w=."-]+)*$/.test(contentType))
    return contentType
  throw requestError(operation, 'invalid-file', {
    field: 'contentType',
    found: typeof contentType === 'string' ? 'another text' : describe(contentType),
    expected: 'a media type such as image/png',
  })
}

const uploadOptions: {
  readonly [Name in keyof Required<UploadOptions>]: undefined
} = {
  file: undefined,
  meta: undefined,
  filename: undefined,
  contentType: undefined,
  maxBytes: undefined,
  retry: undefined,
  timeout: undefined,
  maxAttempts: undefined,
  signal: undefined,
}
