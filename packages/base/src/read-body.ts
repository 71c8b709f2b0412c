import { untilAborted } from './abort.ts'
import { concatBytes } from './bytes.ts'

/**
 * All bytes of a body, or undefined if it has more than `limit`. A declared length over the limit
 * is rejected without reading. Never clones the message: an unread clone of a truncated body ends
 * as an unhandled rejection.
 */
export async function readBody(
  { headers, body }: Pick<Response, 'headers' | 'body'>,
  limit: number,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  if (!body) return new Uint8Array()
  const reader = body.getReader()
  if (Number(headers.get('content-length')) > limit) {
    // Not awaited: cancelling a stream may take long, or fail.
    reader.cancel().catch(() => {})
    return undefined
  }
  try {
    return await untilAborted(
      readChunks(() => reader.read(), limit),
      signal,
    )
  } finally {
    // Does nothing after the last chunk; before the last chunk it closes the connection.
    reader.cancel().catch(() => {})
  }
}

/** The result of a stream reader's `read` or an iterator's `next`. */
export interface Chunk {
  readonly done?: boolean | undefined
  readonly value?: Uint8Array | undefined
}

/**
 * Reads chunks until `done` and joins them. Stops and returns undefined as soon as there are more
 * than `limit` bytes.
 */
export async function readChunks(
  read: () => Promise<Chunk>,
  limit: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await read()
    if (done || value === undefined) break
    length += value.length
    if (length > limit) return undefined
    if (value.length > 0) chunks.push(value)
  }
  return chunks[0] !== undefined && chunks.length === 1 ? chunks[0] : concatBytes(chunks)
}
