import { createHash } from 'node:crypto'
import { createReadStream, writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import type { ClientRequestInit } from '../call/transport.ts'
import { createFolder } from '../testing/file-server.ts'
import { rejection, verified } from '../testing/handler.ts'
import { bench, image, sha256, target } from '../testing/uploads.ts'
import type { UploadOptions } from './upload.ts'

/** A second implementation reads the parts: the form data parser of the platform. */
async function partsOf({ headers, body }: ClientRequestInit) {
  const type = headers['content-type'] ?? ''
  const form = await new Response(body, { headers: { 'content-type': type } }).formData()
  const file = form.get('file') as File
  return { names: [...form.keys()], meta: String(form.get('meta')), file }
}

test('T-46 meta comes first and is what the signature covers; the file follows unchanged', async () => {
  const { client, sent } = bench()
  const { data, requestId } = await client.upload(target, { file: image, filename: '门店"1".png' })
  expect([data, requestId]).toEqual([{ media_id: 'M' }, '08F8A9C0-268435715'])
  const [request] = sent as [(typeof sent)[number]]
  expect(request).toMatchObject({
    url: `https://api.mch.weixin.qq.com${target}`,
    operation: `POST ${target}`,
    method: 'POST',
    redirect: 'manual',
  })
  expect(request.headers).toMatchObject({ accept: 'application/json' })
  const { names, meta, file } = await partsOf(request)
  expect(names).toEqual(['meta', 'file'])
  expect(meta).toBe(JSON.stringify({ filename: '门店"1".png', sha256 }))
  expect(request.signedBody).toBe(meta)
  expect(file.type).toBe('image/png')
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(image)
})

test('the bytes on the wire', async () => {
  const { client, sent } = bench()
  await client.upload(target, { file: new Uint8Array([65, 66]), filename: 'a"b.txt' })
  const hash = createHash('sha256').update('AB').digest('hex')
  const boundary = `wechatpay-entrust-${hash.slice(0, 40)}`
  expect(sent[0]?.headers['content-type']).toBe(`multipart/form-data; boundary=${boundary}`)
  expect(new TextDecoder().decode(sent[0]?.body as Uint8Array)).toBe(
    [
      `--${boundary}`,
      'Content-Disposition: form-data; name="meta"',
      'Content-Type: application/json',
      '',
      `{"filename":"a\\"b.txt","sha256":"${hash}"}`,
      `--${boundary}`,
      'Content-Disposition: form-data; name="file"; filename="a%22b.txt"',
      'Content-Type: application/octet-stream',
      '',
      'AB',
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  )
})

const onDisk = () => {
  const folder = createFolder()
  writeFileSync(folder.path('店.jpg'), image)
  return folder.path('店.jpg')
}
const named = { filename: '店.jpg' }
const forms: Readonly<Record<string, () => UploadOptions>> = {
  'a path': () => ({ file: onDisk() }),
  'a File': () => ({ file: new File([image], '店.jpg', { type: 'image/jpeg' }) }),
  'a Blob': () => ({ file: new Blob([image], { type: 'image/jpeg' }), ...named }),
  'a ReadableStream': () => ({ file: new Blob([image]).stream(), ...named }),
  'a Readable of Node.js': () => ({ file: createReadStream(onDisk()), ...named }),
  'a Readable in chunks': () => ({
    file: Readable.from([Buffer.from(image.slice(0, 5)), Buffer.from(image.slice(5))]),
    ...named,
  }),
  bytes: () => ({ file: image, ...named }),
  'a Buffer, and the name in meta': () => ({ file: Buffer.from(image), meta: named }),
}
test.each(Object.entries(forms))(
  '%s: the same parts, also in the second attempt',
  async (_, make) => {
    const unavailable = () => Object.assign(new Response('', { status: 503 }), { verified: false })
    const { client, sent } = bench([unavailable, () => verified({ media_id: 'M' })])
    const { data } = await client.upload(target, make())
    expect(data).toEqual({ media_id: 'M' })
    expect(sent).toHaveLength(2)
    for (const request of sent) {
      const { meta, file } = await partsOf(request)
      expect(JSON.parse(meta)).toEqual({ filename: '店.jpg', sha256 })
      expect([file.type, request.signedBody]).toEqual(['image/jpeg', meta])
      expect(new Uint8Array(await file.arrayBuffer())).toEqual(image)
    }
  },
)

test('other members of meta are sent and signed; a fitting sha256 is accepted in any case', async () => {
  const { client, sent } = bench()
  const meta = { sha256: sha256.toUpperCase(), bank_type: 'CMB', filename: 'a.png' }
  await client.upload(target, { file: image, meta, contentType: 'image/x-png' })
  const parts = await partsOf(sent[0] as ClientRequestInit)
  expect(JSON.parse(parts.meta)).toEqual({ sha256, bank_type: 'CMB', filename: 'a.png' })
  expect(parts.file.type).toBe('image/x-png')
})

test('bytes that the caller changes meanwhile are sent as they were', async () => {
  const own = image.slice()
  const { client, sent } = bench()
  const pending = client.upload(target, { file: own, filename: 'a.png' })
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  own.fill(0)
  await pending
  const { file } = await partsOf(sent[0] as ClientRequestInit)
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(image)
})

test('an empty file can be uploaded; WeChat Pay decides', async () => {
  const { client, sent } = bench()
  await client.upload(target, { file: new Uint8Array(), filename: 'a.png' })
  expect((await partsOf(sent[0] as ClientRequestInit)).file.size).toBe(0)
})

test('T-46 a sha256 of another file is rejected, nothing is sent: mismatched-hash', async () => {
  const { client, sent } = bench()
  const meta = { sha256: '0'.repeat(64) }
  const error = await rejection(client.upload(target, { file: image, filename: 'a.png', meta }))
  expect(error).toMatchObject({ code: 'mismatched-hash', field: 'meta.sha256' })
  expect((error as Error).message).toContain(`found another hash; expected ${sha256}`)
  expect(sent).toEqual([])
})

test('an unsafe upload is not repeated after it was sent, and its outcome is unknown', async () => {
  const broken = () => {
    throw new TypeError('fetch failed')
  }
  const { client, sent } = bench([broken])
  const options = { file: image, filename: 'a.png' }
  expect(await rejection(client.upload(target, { ...options, retry: 'unsafe' }))).toMatchObject({
    code: 'NETWORK_ERROR',
    outcome: 'unknown',
    retryable: false,
    operation: `POST ${target}`,
  })
  expect(sent).toHaveLength(1)
  await rejection(client.upload(target, { ...options, maxAttempts: 2 }))
  expect(sent).toHaveLength(3)
})

test('a response that is not verified is not returned: UNVERIFIED_RESPONSE', async () => {
  const { client } = bench([() => new Response('{}')])
  const error = await rejection(client.upload(target, { file: image, filename: 'a.png' }))
  expect(error).toMatchObject({ code: 'UNVERIFIED_RESPONSE', outcome: 'unknown' })
})
