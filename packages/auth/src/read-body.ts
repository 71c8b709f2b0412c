import { concatBytes } from './crypto/bytes.ts'

/**
 * The promise, or the signal's reason as soon as it aborts. Cuts off a fetch that does not heed its signal; what that
 * fetch does later is nobody's business any more: the race has a handler for it.
 */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  let stop: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    if (stop) signal.removeEventListener('abort', stop)
  }
}

/**
 * All bytes of a message's body, or undefined if it has more than `limit`. A declared length over the limit is refused
 * unread. Never clones: an abandoned clone of a truncated body ends as an unhandled rejection.
 */
export async function readBody(
  { headers, body }: Pick<Response, 'headers' | 'body'>,
  limit: number,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  if (!body) return new Uint8Array()
  const reader = body.getReader()
  if (Number(headers.get('content-length')) > limit) {
    // Not awaited: a stream may take its time, or fail, to give up.
    reader.cancel().catch(() => {})
    return undefined
  }
  try {
    return await abortable(readAll(reader, limit), signal)
  } finally {
    // After the last chunk this does nothing; before it, the connection is given up.
    reader.cancel().catch(() => {})
  }
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limit: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return chunks.length === 1 ? chunks[0] : concatBytes(chunks)
    length += value.length
    if (length > limit) return undefined
    chunks.push(value)
  }
}
