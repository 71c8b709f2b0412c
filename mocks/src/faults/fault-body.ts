import { pause } from '@wechatpay-entrust/base'
import type { Draft } from '../requests/signed-response.ts'

/**
 * Broken bodies. Each declares its `Content-Length`: so the server knows that it must write the body
 * chunk by chunk. Only a packed body is written at once.
 */
function stream(
  { status, headers, body }: Draft,
  source: UnderlyingDefaultSource<Uint8Array>,
  length = body.length,
): Response {
  const declared = { ...headers, 'Content-Length': String(length) }
  return new Response(new ReadableStream(source, { highWaterMark: 0 }), {
    status,
    headers: declared,
  })
}

/** Half of the body; then the connection breaks, with the same error as in fetch. */
export function truncated(draft: Draft): Response {
  const half = draft.body.subarray(0, Math.floor(draft.body.length / 2))
  let isSent = false
  const source: UnderlyingDefaultSource<Uint8Array> = {
    pull(controller) {
      if (isSent || half.length === 0)
        controller.error(new TypeError('terminated', { cause: connectionReset() }))
      else controller.enqueue(half.slice())
      isSent = true
    },
  }
  // An empty body must seem to be longer, or nothing would be missing.
  return stream(draft, source, Math.max(1, draft.body.length))
}

/** One byte at a time, with a pause before each. */
export function dripping(draft: Draft, delay: number, signal: AbortSignal): Response {
  const { body } = draft
  let sent = 0
  const stopped = new AbortController()
  return stream(draft, {
    start(controller) {
      signal.addEventListener('abort', () => {
        stopped.abort()
        controller.error(signal.reason)
      })
    },
    async pull(controller) {
      if (sent < body.length) await pause(delay, stopped.signal)
      if (stopped.signal.aborted) return
      if (sent < body.length) controller.enqueue(body.slice(sent, sent + 1))
      sent += 1
      if (sent > body.length) controller.close()
    },
    cancel: () => stopped.abort(),
  })
}

/** The body with spaces up to the size, compressed: some kilobytes that become megabytes. */
export function packed({ status, headers, body }: Draft, size: number): Response {
  const blanks = new Uint8Array(64 * 1024).fill(0x20)
  let left = size - body.length
  const unpacked = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(body.slice()),
    pull(controller) {
      if (left <= 0) return controller.close()
      controller.enqueue(blanks.slice(0, Math.min(left, blanks.length)))
      left -= blanks.length
    },
  })
  return new Response(unpacked.pipeThrough(new CompressionStream('gzip')), {
    status,
    headers: { ...headers, 'Content-Encoding': 'gzip' },
  })
}

/** The cause of the `TypeError` with which fetch reports a broken connection. */
export function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), {
    code: 'ECONNRESET',
    errno: -104,
    syscall: 'read',
  })
}
