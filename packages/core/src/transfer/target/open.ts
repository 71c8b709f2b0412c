import { concatBytes } from '@wechatpay-entrust/base'
import { describe, requestError } from '../transfer-error.ts'
import { openFile } from './file.ts'
import { isNodeWritable, isWritableStream, type NodeWritable, openSink } from './sink.ts'
import type { Target } from './target.ts'

/** Where a download goes: a path, a stream of the web or of Node, or nothing for the bytes. */
export type DownloadTarget = string | WritableStream<Uint8Array> | NodeWritable

/**
 * Opens the target before anything is sent.
 *
 * @throws {RequestError} `invalid-target`
 */
export async function openTarget(name: string, to: unknown): Promise<Target> {
  if (to === undefined) return collectBytes()
  if (typeof to === 'string' && to !== '') return openFile(name, to)
  if (isWritableStream(to) || isNodeWritable(to)) return openSink(name, to)
  throw requestError(name, 'invalid-target', {
    field: 'to',
    found: describe(to),
    expected: 'the path of a file, a WritableStream or a Writable of Node.js',
  })
}

function collectBytes(): Target {
  let chunks: Uint8Array[] = []
  let bytes: Uint8Array = new Uint8Array()
  const nothing = async () => {}
  return {
    isSpent: false,
    async reset() {
      chunks = []
    },
    async write(chunk) {
      chunks.push(chunk)
    },
    async finish() {
      bytes = concatBytes(chunks)
      chunks = []
    },
    commit: nothing,
    discard: nothing,
    get result() {
      return { bytes }
    },
  }
}
