import { requestIdOf } from '@wechatpay-entrust/base'
import { requireLimits } from '../call/call-limits.ts'
import { startContext } from '../call/context.ts'
import type { Read } from '../call/exchange.ts'
import type { CallOptions } from '../call/operation.ts'
import { type ClientFetch, readingHeaders, redirect, requireResponse } from '../call/transport.ts'
import { isTyped } from '../errors/api-error.ts'
import { asFailure } from '../errors/failure.ts'
import { isStreaming } from './digest.ts'
import {
  type Destination,
  requireHash,
  requireOptions,
  requireUrl,
  type TransferParts,
} from './options.ts'
import { type DownloadProgress, type Receiving, receive } from './receive.ts'
import { type DownloadTarget, openTarget } from './target/open.ts'
import type { Target } from './target/target.ts'
import { requestError, transferFailure } from './transfer-error.ts'

/** How to download a stream that WeChat Pay neither signs nor gives a hash of. */
export interface UnverifiedDownloadOptions
  extends Pick<CallOptions, 'signal' | 'timeout' | 'maxAttempts'> {
  /**
   * Where the file goes: a path (Node.js, Bun, Deno), a `WritableStream`, or a `Writable` of Node.js.
   * Without it the result has the bytes. A path gets its file only if the call succeeds; a stream is
   * closed then, and destroyed if the call fails after it was sent.
   */
  readonly to?: DownloadTarget | undefined
  /** A longer file, after gunzip, is rejected. Default: 64 MiB without `to`, 2 GiB with it. */
  readonly maxBytes?: number | undefined
  /** Called for each chunk. What it throws is ignored. */
  readonly onProgress?: ((progress: DownloadProgress) => unknown) | undefined
  /** Deadline in milliseconds for all attempts and the whole file. Default: 600 000. */
  readonly timeout?: number | undefined
}

/** How to download a file. */
export interface DownloadOptions extends UnverifiedDownloadOptions {
  /**
   * The verified response that named the `download_url`, or its `hash_type` and `hash_value`. The call
   * resolves only if the file has this hash.
   */
  readonly hash: { readonly hash_type: string; readonly hash_value: string }
  /**
   * Unpack the file: true if the request had `tar_type=GZIP`. The hash covers the unpacked file.
   * Default: false.
   */
  readonly gunzip?: boolean | undefined
}

/** A download that ended. */
export interface UnverifiedDownload {
  /** Bytes of the file. */
  readonly size: number
  /** The path that was given as `to`. */
  readonly path?: string
  /** The file itself, without `to`. */
  readonly bytes?: Uint8Array
  /** WeChat Pay's id of the request. */
  readonly requestId: string | undefined
  /** Nothing proves that the bytes come from WeChat Pay. */
  readonly verified: false
}

/** A download whose hash is the one of the verified response. */
export interface Download extends Omit<UnverifiedDownload, 'verified'> {
  /** Lower-case hex. */
  readonly hash: string
}

/** @throws {ApiError} {RequestError} */
export async function download(
  parts: TransferParts,
  url: string,
  options: DownloadOptions = {} as DownloadOptions,
): Promise<Download> {
  requireOptions('download', options, downloadOptions)
  const destination = requireUrl('download', url, parts)
  const hash = requireHash('download', options.hash)
  const { verified, ...rest } = await transfer('download', parts, destination, options, {
    hash,
    gunzip: options.gunzip ?? false,
  })
  return { ...rest, hash: hash.value }
}

/** @throws {ApiError} {RequestError} */
export async function downloadUnverified(
  parts: TransferParts,
  url: string,
  options: UnverifiedDownloadOptions = {},
): Promise<UnverifiedDownload> {
  requireOptions('downloadUnverified', options, unverifiedOptions)
  const destination = requireUrl('downloadUnverified', url, parts)
  const checks = { hash: undefined, gunzip: false }
  return transfer('downloadUnverified', parts, destination, options, checks)
}

async function transfer(
  name: string,
  parts: TransferParts,
  { hosts, target: path, operation }: Destination,
  options: UnverifiedDownloadOptions,
  checks: Pick<Receiving, 'hash' | 'gunzip'>,
): Promise<UnverifiedDownload> {
  const { to, signal, onProgress } = options
  const { timeout, maxAttempts } = requireLimits(name, options, {
    timeout: 600_000,
    maxAttempts: parts.maxAttempts,
  })
  const fetch = requireUnverifiedFetch(name, parts)
  // Without a streaming hash all bytes are kept in memory, too.
  const isSmall = to === undefined || (checks.hash !== undefined && !isStreaming())
  const maxBytes = options.maxBytes ?? (isSmall ? 64 * mebibyte : 2048 * mebibyte)
  signal?.throwIfAborted()
  const target = await openTarget(name, to)
  const context = startContext({
    operation,
    method: 'GET',
    spec: undefined,
    personalNames: parts.personalNames,
    json: undefined,
    echo: [],
    timeout,
    isSafe: true,
  })
  const read = readInto(target, { target, ...checks, maxBytes, onProgress }, signal)
  try {
    const outgoing = { target: path, body: undefined, signal, maxAttempts, hosts, read }
    const { data, response, requestId } = await parts.exchange(
      { ...outgoing, send: sendWith(fetch) },
      context,
    )
    await target.commit().catch((error) => {
      const text = 'the file could not get its name'
      throw transferFailure('TARGET_FAILED', text, response, context, error)
    })
    return { size: data as number, ...target.result, requestId, verified: false }
  } catch (error) {
    await target.discard(error)
    throw error
  }
}

/** Once bytes went to a sink of the caller, no other attempt follows. */
function readInto(target: Target, receiving: Receiving, signal: AbortSignal | undefined): Read {
  return async (response, context, deadline) => {
    try {
      const data = await receive(response, context, deadline, receiving)
      return { data, response, requestId: requestIdOf(response.headers) }
    } catch (error) {
      if (!target.isSpent || isTyped(error)) throw error
      throw asFailure(error, { ...context, isSafe: false }, signal)
    }
  }
}

function sendWith(fetch: ClientFetch) {
  return async (attempt: { operation: string; url: string; signal: AbortSignal }) => {
    const { operation, url, signal } = attempt
    const headers = { ...readingHeaders, accept: '*/*' }
    return requireResponse(
      await fetch(url, { operation, method: 'GET', headers, redirect, signal }),
    )
  }
}

function requireUnverifiedFetch(name: string, { unverifiedFetch }: TransferParts): ClientFetch {
  if (unverifiedFetch !== undefined) return unverifiedFetch
  throw requestError(name, 'missing-fetch', {
    field: 'unverifiedFetch',
    found: 'a client without this option',
    expected:
      'createClient({ unverifiedFetch }), made by createUnverifiedFetch of @wechatpay-entrust/auth',
  })
}

const mebibyte = 1024 * 1024

const unverifiedOptions: {
  readonly [Name in keyof Required<UnverifiedDownloadOptions>]: 'function' | undefined
} = {
  to: undefined,
  maxBytes: undefined,
  onProgress: 'function',
  timeout: undefined,
  maxAttempts: undefined,
  signal: undefined,
}

const downloadOptions: {
  readonly [Name in keyof Required<DownloadOptions>]: 'boolean' | 'function' | undefined
} = { ...unverifiedOptions, hash: undefined, gunzip: 'boolean' }
