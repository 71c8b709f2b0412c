import { requestError } from '../transfer-error.ts'
import type { Target } from './target.ts'

/** The part of a `Writable` of Node.js that is used here. */
export interface NodeWritable {
  readonly writable: boolean
  write(chunk: Uint8Array, done: (error?: Error | null) => void): boolean
  end(done: (error?: Error | null) => void): unknown
  destroy(error?: Error): unknown
  on(event: 'error' | 'close', listener: (error: Error) => void): unknown
  off(event: 'error' | 'close', listener: (error: Error) => void): unknown
}

export const isWritableStream = (to: unknown): to is WritableStream<Uint8Array> =>
  typeof (to as { getWriter?: unknown } | null)?.getWriter === 'function'

export function isNodeWritable(to: unknown): to is NodeWritable {
  const { write, end, destroy } = (to ?? {}) as { [name: string]: unknown }
  return [write, end, destroy].every((one) => typeof one === 'function')
}

/**
 * A stream of the caller. Its bytes cannot be taken back: after a failure it is destroyed, so that
 * its reader does not take a part for the whole.
 *
 * @throws {RequestError} `invalid-target`
 */
export function openSink(name: string, to: WritableStream<Uint8Array> | NodeWritable): Target {
  const isUsable = isWritableStream(to) ? !to.locked : to.writable
  if (!isUsable) {
    throw requestError(name, 'invalid-target', {
      field: 'to',
      found: 'a stream that is locked, ended or destroyed',
      expected: 'a stream that nothing else writes to',
    })
  }
  return isWritableStream(to) ? toWritableStream(to) : toNodeWritable(to)
}

function toWritableStream(stream: WritableStream<Uint8Array>): Target {
  const writer = stream.getWriter()
  // Each write reports the error too.
  writer.closed.catch(() => undefined)
  let isSpent = false
  return {
    get isSpent() {
      return isSpent
    },
    async reset() {},
    async write(chunk) {
      isSpent = true
      await writer.write(chunk)
    },
    finish: () => writer.close(),
    async commit() {},
    async discard(reason) {
      // Not awaited: a sink may take long to abort, or fail again.
      writer.abort(reason).catch(() => undefined)
    },
    result: {},
  }
}

function toNodeWritable(stream: NodeWritable): Target {
  let isSpent = false
  let fail: (reason: unknown) => void = () => undefined
  const broken = new Promise<never>((_, reject) => {
    fail = reject
  })
  broken.catch(() => undefined)
  // Without a listener an 'error' event ends the process. A stream that is destroyed reports the
  // write that is under way by no callback, only by its events.
  const onError = (error: Error) => fail(error)
  const onClose = () => fail(new Error('the stream was closed before its end'))
  stream.on('error', onError)
  stream.on('close', onClose)
  const settled = (start: (done: (error?: Error | null) => void) => unknown) =>
    Promise.race([
      broken,
      new Promise<void>((resolve, reject) => {
        start((error) => (error ? reject(error) : resolve()))
      }),
    ])
  return {
    get isSpent() {
      return isSpent
    },
    async reset() {},
    async write(chunk) {
      isSpent = true
      await settled((done) => stream.write(chunk, done))
    },
    finish: () => settled((done) => stream.end(done)),
    async commit() {
      stream.off('error', onError)
      stream.off('close', onClose)
    },
    async discard(reason) {
      stream.destroy(reason instanceof Error ? reason : new Error('the download failed'))
    },
    result: {},
  }
}
