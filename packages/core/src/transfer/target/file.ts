import { builtin } from '../builtin.ts'
import { describePath, requestError } from '../transfer-error.ts'
import type { Target } from './target.ts'

/** The part of `node:fs/promises` that is used here. */
interface FileSystem {
  open(path: string, flags: 'wx'): Promise<FileHandle>
  rename(from: string, to: string): Promise<void>
  rm(path: string, options: { force: true }): Promise<void>
  stat(path: string): Promise<{ isDirectory(): boolean }>
}

interface FileHandle {
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>
  truncate(length: number): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

/**
 * A temporary file beside the path, which gets its name only after the hash fitted. So a reader of
 * the path never sees half a file, and an earlier file stays until then.
 *
 * @throws {RequestError} `invalid-target`
 */
export async function openFile(name: string, path: string): Promise<Target> {
  const invalid = (found: string, expected: string, cause?: unknown) =>
    requestError(name, 'invalid-target', { field: 'to', found, expected }, cause)
  const fs = builtin<FileSystem>('node:fs/promises')
  if (fs === undefined)
    throw invalid('a path, but this runtime has no file system', 'a WritableStream')
  const before = await fs.stat(path).catch(() => undefined)
  if (before?.isDirectory()) throw invalid(`the folder ${describePath(path, {})}`, 'a file')
  const temporary = `${path}.${randomName()}.part`
  let handle: FileHandle
  try {
    handle = await fs.open(temporary, 'wx')
  } catch (error) {
    const found = `${describePath(path, error)}, where no file can be made`
    throw invalid(found, 'a path in a folder that exists and can be written to', error)
  }
  let position = 0
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= handle.close()
    return closing
  }
  return {
    isSpent: false,
    async reset() {
      position = 0
      await handle.truncate(0)
    },
    async write(chunk) {
      for (let at = 0; at < chunk.length; ) {
        const { bytesWritten } = await handle.write(chunk, at, chunk.length - at, position)
        at += bytesWritten
        position += bytesWritten
      }
    },
    // A disk may report only here that it is full.
    async finish() {
      await handle.sync()
      await close()
    },
    commit: () => fs.rename(temporary, path),
    async discard() {
      // A write that still runs ends first. What fails here leaves nothing that could be done.
      await close().catch(() => undefined)
      await fs.rm(temporary, { force: true }).catch(() => undefined)
    },
    result: { path },
  }
}

/** Not secret: two downloads to one path at the same time must not share a file. */
const randomName = () => Math.random().toString(36).slice(2, 12).padEnd(10, '0')
