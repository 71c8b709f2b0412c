import { writeFileSync } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import type { RequestError } from '../request/request-error.ts'
import { createFolder } from '../testing/file-server.ts'
import { rejection } from '../testing/handler.ts'
import { bench, image, sha256, target } from '../testing/uploads.ts'

const ok = { file: image, filename: 'a.png' }
const cyclic: Record<string, unknown> = {}
cyclic.self = cyclic
test.each([
  [undefined, 'invalid-file', 'file', 'found nothing'],
  [{ ...ok, fileName: 'x' }, 'unknown-member', 'fileName', '`filename`, if that is meant'],
  [{ ...ok, maxBytes: -1 }, 'invalid-max-bytes', 'maxBytes', 'found -1'],
  [{ ...ok, retry: 'never' }, 'not-in-enum', 'retry', "expected 'safe' or 'unsafe'"],
  [{ ...ok, timeout: -1 }, 'invalid-timeout', 'timeout', 'found -1'],
  [{ ...ok, meta: [] }, 'wrong-type', 'meta', 'expected an object'],
  [{ ...ok, meta: cyclic }, 'not-serialisable', 'meta/self', ''],
  [{ ...ok, meta: { sha256: 1 } }, 'mismatched-hash', 'meta.sha256', 'found 1'],
  [{ ...ok, meta: { filename: 'b.png' } }, 'invalid-file', 'filename', 'one name'],
  [{ ...ok, file: '' }, 'invalid-file', 'file', 'found an empty text'],
  [{ ...ok, file: { path: 'x' } }, 'invalid-file', 'file', 'found a value of type object'],
  [{ ...ok, file: new Date() }, 'invalid-file', 'file', 'found a value of type object'],
  [{ file: image }, 'invalid-file', 'filename', 'found nothing'],
  [{ ...ok, filename: 'a/b.png' }, 'invalid-file', 'filename', 'no file name'],
  [{ ...ok, filename: 'a\r\nb.png' }, 'invalid-file', 'filename', 'no file name'],
  [{ ...ok, filename: '\ud800.png' }, 'invalid-file', 'filename', 'no file name'],
  [{ ...ok, contentType: 'png' }, 'invalid-file', 'contentType', 'such as image/png'],
  [{ ...ok, contentType: 'a/b\r\nX: y' }, 'invalid-file', 'contentType', 'found another text'],
  [
    { ...ok, maxBytes: 10 },
    'invalid-file',
    'file',
    `found ${image.length} bytes; expected at most`,
  ],
  [{ ...ok, file: new Blob([image]), maxBytes: 10 }, 'invalid-file', 'file', 'at most 10 bytes'],
  [
    { ...ok, file: new Blob([image]).stream(), maxBytes: 10 },
    'invalid-file',
    'file',
    'a stream of more than 10 bytes',
  ],
  [{ ...ok, file: Readable.from(['text']) }, 'invalid-file', 'file', 'something else than bytes'],
])('options %#: %s of %s, nothing is sent', async (options, code, field, text) => {
  const { client, sent } = bench()
  const error = (await rejection(client.upload(target, options as never))) as RequestError
  expect(error).toMatchObject({ name: 'RequestError', code, field })
  expect(error.message).toContain(text)
  expect(error.message).toContain('nothing was sent')
  expect(sent).toEqual([])
})

test('files that cannot be read are named, with the cause: invalid-file', async () => {
  const { client, sent } = bench()
  const folder = createFolder()
  const none = await rejection(client.upload(target, { file: folder.path('none.png') }))
  expect(none).toMatchObject({ code: 'invalid-file', cause: { code: 'ENOENT' } })
  expect((none as Error).message).toContain(`${folder.path('none.png')} (ENOENT)`)
  const inside = await rejection(client.upload(target, { file: folder.path('.') }))
  expect((inside as Error).message).toContain('which is no file')
  writeFileSync(folder.path('big.png'), image)
  const big = await rejection(client.upload(target, { file: folder.path('big.png'), maxBytes: 9 }))
  expect((big as Error).message).toContain(`found a file of ${image.length} bytes`)
  const locked = new Blob([image]).stream()
  locked.getReader()
  for (const file of [locked, Readable.from((function* () {})()).destroy(new Error('gone'))]) {
    const error = await rejection(client.upload(target, { file, filename: 'a.png' }))
    expect(error).toMatchObject({ code: 'invalid-file' })
  }
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
  const portable = await rejection(client.upload(target, { file: folder.path('a.png') }))
  expect((portable as Error).message).toContain('no file system; expected a Blob')
  expect(sent).toEqual([])
})

test('a path that is none of APIv3: invalid-path', async () => {
  const { client, sent } = bench()
  for (const at of ['/media', 1, 'https://api.mch.weixin.qq.com/v3/x'])
    expect(await rejection(client.upload(at as string, ok))).toMatchObject({ code: 'invalid-path' })
  expect(sent).toEqual([])
})

test('an abort while a stream is read, and before: signal.reason; the stream is ended', async () => {
  const { client, sent } = bench()
  const reason = new Error('enough')
  const before = client.upload(target, { ...ok, signal: AbortSignal.abort(reason) })
  expect(await rejection(before)).toBe(reason)
  const controller = new AbortController()
  const file = new PassThrough()
  file.write('first', () => controller.abort(reason))
  const pending = client.upload(target, { ...ok, file, signal: controller.signal })
  expect(await rejection(pending)).toBe(reason)
  expect(sent).toEqual([])
})

test('without node:crypto the hash is WebCrypto’s', async () => {
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
  const { client, sent } = bench()
  await client.upload(target, ok)
  expect(sent[0]?.signedBody).toBe(JSON.stringify({ filename: 'a.png', sha256 }))
})
