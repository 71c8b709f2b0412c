import { readChunks, untilAborted } from '@wechatpay-entrust/base'
import { builtin } from './builtin.ts'
import { describe, describePath, requestError } from './transfer-error.ts'

/** A readable stream of Node.js: each chunk is bytes. */
export interface NodeReadable extends AsyncIterable<unknown> {
  pipe: unknown
}

/** The file of an upload: a path, a `Blob` or `File`, a stream, or its bytes. */
export type UploadFile = string | Blob | ReadableStream<Uint8Array> | NodeReadable | Uint8Array

/** A file in memory, so that every attempt can send it again. */
export interface LoadedFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** From the path or the `File`. */
  readonly filename: string | undefined
  /** From the `Blob`. */
  readonly contentType: string | undefined
}

/** The part of `node:fs/promises` that is used here. */
interface FileSystem {
  stat(path: string): Promise<{ readonly size: number; isFile(): boolean }>
  readFile(path: string): Promise<Uint8Array>
}

/**
 * Reads the whole file before anything is sent: its hash is part of what is signed.
 *
 * @throws {RequestError} `invalid-file`
 */
export async function loadFile(
  name: string,
  file: unknown,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<LoadedFile> {
  const invalid = (found: string, expected: string, cause?: unknown) =>
    requestError(name, 'invalid-file', { field: 'file', found, expected }, cause)
  const limit = (found: string) => invalid(found, `at most ${maxBytes} bytes (\`maxBytes\`)`)
  const plain = (bytes: Uint8Array) => {
    if (bytes.length > maxBytes) throw limit(`${bytes.length} bytes`)
    // A copy: the caller may change its own bytes while they are sent.
    return { bytes: new Uint8Array(bytes), filename: undefined, contentType: undefined }
  }
  if (file instanceof Uint8Array) return plain(file)
  if (typeof file === 'string' && file !== '') {
    const fs = builtin<FileSystem>('node:fs/promises')
    if (fs === undefined)
      throw invalid('a path, but this runtime has no file system', 'a Blob, a stream or bytes')
    const unreadable = (error: unknown) =>
      invalid(`${describePath(file, error)}, which cannot be read`, 'the path of a file', error)
    const { size, isFile } = await fs.stat(file).then(
      (stats) => ({ size: stats.size, isFile: stats.isFile() }),
      (error) => Promise.reject(unreadable(error)),
    )
    if (!isFile) throw invalid(`${describePath(file, {})}, which is no file`, 'the path of a file')
    if (size > maxBytes) throw limit(`a file of ${size} bytes`)
    const bytes = await fs.readFile(file).catch((error) => Promise.reject(unreadable(error)))
    return { ...plain(bytes), filename: file.split(/[\\/]/).at(-1) }
  }
  if (isBlob(file)) {
    if (file.size > maxBytes) throw limit(`${file.size} bytes`)
    const bytes = new Uint8Array(await untilAborted(file.arrayBuffer(), signal))
    const { name: filename } = file as { name?: string }
    return { bytes, filename, contentType: file.type === '' ? undefined : file.type }
  }
  const chunks = chunksOf(file)
  if (chunks === undefined)
    throw invalid(describe(file), 'a path, a Blob, a ReadableStream, a Readable or a Uint8Array')
  let bytes: Uint8Array | undefined
  try {
    bytes = await untilAborted(readChunks(chunks.read, maxBytes), signal)
  } catch (error) {
    if (signal?.aborted) throw error
    const found = error instanceof NotBytes ? 'a stream of something else than bytes' : undefined
    throw invalid(found ?? 'a stream that failed', 'a stream that can be read to its end', error)
  } finally {
    chunks.cancel()
  }
  if (bytes === undefined) throw limit(`a stream of more than ${maxBytes} bytes`)
  return plain(bytes)
}

/** By shape: a Blob of another realm is one, too. */
function isBlob(file: unknown): file is Blob {
  const { arrayBuffer, size } = (file ?? {}) as Partial<Blob>
  return typeof arrayBuffer === 'function' && typeof size === 'number'
}

class NotBytes extends Error {}

interface Chunks {
  read(): Promise<{ readonly done?: boolean | undefined; readonly value?: Uint8Array | undefined }>
  cancel(): void
}

function chunksOf(file: unknown): Chunks | undefined {
  const { getReader } = (file ?? {}) as Partial<ReadableStream<unknown>>
  if (typeof getReader === 'function') {
    const stream = file as ReadableStream<unknown>
    if (stream.locked) return undefined
    const reader = stream.getReader()
    return {
      read: async () => bytesOf(await reader.read()),
      cancel: () => void reader.cancel().catch(() => undefined),
    }
  }
  const { [Symbol.asyncIterator]: iterate } = (file ?? {}) as Partial<AsyncIterable<unknown>>
  if (typeof iterate !== 'function') return undefined
  const iterator = (file as AsyncIterable<unknown>)[Symbol.asyncIterator]()
  return {
    read: async () => bytesOf(await iterator.next()),
    // Not awaited: the stream may be waiting for its source.
    cancel: () => void iterator.return?.().catch(() => undefined),
  }
}

function bytesOf({ done, value }: { done?: boolean | undefined; value?: unknown }) {
  if (done) return { done }
  if (value instanceof Uint8Array) return { value }
  throw new NotBytes('found a chunk that is no Uint8Array')
}
