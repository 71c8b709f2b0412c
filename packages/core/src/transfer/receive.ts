import { callListener, readBody, untilAborted } from '@wechatpay-entrust/base'
import type { CallContext } from '../call/context.ts'
import { rejectedResponse } from '../errors/failure.ts'
import { createDigest } from './digest.ts'
import type { ExpectedHash } from './options.ts'
import type { Target } from './target/target.ts'
import { transferFailure } from './transfer-error.ts'

/** How far a download has come. */
export interface DownloadProgress {
  /** Bytes received in this attempt, before gunzip. */
  readonly receivedBytes: number
  /** What the response declares, if it does. Not signed. */
  readonly totalBytes: number | undefined
}

/** How to receive a file. */
export interface Receiving {
  readonly target: Target
  /** Undefined for an unverified download. */
  readonly hash: ExpectedHash | undefined
  readonly gunzip: boolean
  readonly maxBytes: number
  readonly onProgress: ((progress: DownloadProgress) => unknown) | undefined
}

/** In bytes. */
const largestErrorBody = 64 * 1024

/** Gzip makes a file larger that cannot be compressed, by less than 0.1 %. */
const gzipOverhead = 1024 * 1024

/**
 * Writes a response to its target, chunk by chunk, and finishes it only if the hash fits. Whatever
 * it waits for ends with the signal. Returns the number of bytes, after gunzip.
 *
 * @throws {ApiError} and what the stream of the response rejects with
 */
export async function receive(
  response: Response,
  context: CallContext,
  signal: AbortSignal,
  { target, hash, gunzip, maxBytes, onProgress }: Receiving,
): Promise<number> {
  const fail = (code: Parameters<typeof transferFailure>[0], text: string, cause?: unknown) =>
    transferFailure(code, text, response, context, cause)
  const tooLarge = () =>
    fail('BODY_TOO_LARGE', `found more than ${maxBytes} bytes; expected at most that many`)
  await requireSuccess(response, context, signal)
  // Fetch has decoded such a body already. No one asked for it, but the hash decides.
  const isDecoded = /gzip/i.test(response.headers.get('content-encoding') ?? '')
  const isCompressed = gunzip && !isDecoded
  const source = openSource(response, signal, {
    maxBytes: isCompressed ? maxBytes + gzipOverhead : maxBytes,
    tooLarge,
    notBytes: () => fail('MALFORMED_RESPONSE', 'found a stream of something else than bytes'),
    onProgress,
  })
  const chunks = isCompressed ? unzipped(source) : source
  const digest = hash && createDigest(hash.algorithm)
  const toTarget = async (work: Promise<void>) => {
    try {
      await untilAborted(work, signal)
    } catch (error) {
      if (signal.aborted) throw error
      throw fail('TARGET_FAILED', 'the target of the download failed', error)
    }
  }
  let size = 0
  try {
    await toTarget(target.reset())
    for (;;) {
      const chunk = await untilAborted(chunks.read(), signal)
      if (chunk === undefined) break
      size += chunk.length
      if (size > maxBytes) throw tooLarge()
      digest?.update(chunk)
      await toTarget(target.write(chunk))
    }
    const found = await digest?.end()
    if (found !== hash?.value) {
      const text = `the file of ${size} bytes has another hash; expected the one of the verified response`
      throw fail('HASH_MISMATCH', text)
    }
    await toTarget(target.finish())
    return size
  } catch (error) {
    if (source.failure !== undefined) throw source.failure
    if (error instanceof BrokenGzip)
      throw fail('MALFORMED_RESPONSE', 'the file is not valid gzip', error.cause)
    throw error
  } finally {
    chunks.cancel()
    source.cancel()
  }
}

async function requireSuccess(
  response: Response,
  context: CallContext,
  signal: AbortSignal,
): Promise<void> {
  const { status } = response
  if (status === 200) return
  if (status > 200 && status < 300 && status !== 202) {
    response.body?.cancel().catch(() => undefined)
    const text = `found status ${status}; expected 200 with the whole file`
    throw transferFailure('MALFORMED_RESPONSE', text, response, context)
  }
  const body = await readBody(response, largestErrorBody, signal).catch(() => undefined)
  throw rejectedResponse(response, body, context)
}

/** Where chunks come from: `read` returns undefined at the end. */
interface Source {
  read(): Promise<Uint8Array | undefined>
  cancel(): void
}

interface SourceOptions extends Pick<Receiving, 'maxBytes' | 'onProgress'> {
  readonly tooLarge: () => unknown
  readonly notBytes: () => unknown
}

/** The body of the response, with its limit. `failure` is what ended it. */
function openSource(
  { headers, body }: Response,
  signal: AbortSignal,
  { maxBytes, tooLarge, notBytes, onProgress }: SourceOptions,
): Source & { readonly failure: unknown } {
  const reader = body?.getReader()
  const declared = headers.get('content-length') ?? ''
  const totalBytes = /^\d{1,15}$/.test(declared) ? Number(declared) : undefined
  let receivedBytes = 0
  let failure: unknown
  async function next(): Promise<Uint8Array | undefined> {
    if (totalBytes !== undefined && totalBytes > maxBytes) throw tooLarge()
    if (reader === undefined) return undefined
    const { done, value } = await untilAborted(reader.read(), signal)
    if (done) return undefined
    if (!ArrayBuffer.isView(value)) throw notBytes()
    receivedBytes += value.length
    if (receivedBytes > maxBytes) throw tooLarge()
    callListener(onProgress, { receivedBytes, totalBytes })
    return value
  }
  return {
    get failure() {
      return failure
    },
    async read() {
      try {
        return await next()
      } catch (error) {
        failure = error
        throw error
      }
    },
    cancel() {
      // Does nothing after the last chunk; before it, it closes the connection.
      reader?.cancel().catch(() => undefined)
    },
  }
}

/** The compressed file is not what it should be. */
class BrokenGzip extends Error {}

/** Every runtime has DecompressionStream; it stops asking while its own chunks are not read. */
function unzipped(source: Source): Source {
  const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const chunk = await source.read()
        if (chunk === undefined) controller.close()
        else controller.enqueue(chunk as Uint8Array<ArrayBuffer>)
      },
    },
    { highWaterMark: 0 },
  )
  const reader = compressed.pipeThrough(new DecompressionStream('gzip')).getReader()
  return {
    async read() {
      try {
        const { done, value } = await reader.read()
        return done ? undefined : value
      } catch (cause) {
        throw new BrokenGzip('gzip', { cause })
      }
    },
    cancel() {
      reader.cancel().catch(() => undefined)
    },
  }
}
