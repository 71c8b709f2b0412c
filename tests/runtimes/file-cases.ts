import { createClient } from '@wechatpay-entrust/core'
import type { Case } from './case.ts'
import { codeOf, equal } from './expect.ts'

const bill = new TextEncoder().encode('账单\n'.repeat(1000))
const hash = { hash_type: 'SHA1', hash_value: '8f1f322eb6fe7dda2452774831b8d01d6cfe8a32' }

const pack = (bytes: Uint8Array<ArrayBuffer>) =>
  new Response(bytes).body?.pipeThrough(new CompressionStream('gzip')) as ReadableStream

const uploads: { body: unknown; signedBody: unknown }[] = []

/** WeChat Pay, as far as files need it: what it sends, and what it got. */
const client = createClient({
  unverifiedFetch: async () => new Response(pack(bill)),
  fetch: async (_, { body, signedBody }) => {
    uploads.push({ body, signedBody })
    return Object.assign(Response.json({ media_id: 'M' }), { verified: true })
  },
})
const url = '/v3/billdownload/file?token=1'

/** Streams, gunzip and hashes, which each runtime has in its own way. */
export const fileCases: readonly Case[] = [
  {
    name: 'a download is unpacked, and resolves if its hash fits',
    async run() {
      const { size, bytes } = await client.download(url, { hash, gunzip: true })
      equal(size, bill.length)
      equal(String(bytes), String(bill))
      let streamed = 0
      const to = new WritableStream<Uint8Array>({
        write: (chunk) => {
          streamed += chunk.length
        },
      })
      await client.download(url, { hash, gunzip: true, to })
      equal(streamed, bill.length)
    },
  },
  {
    name: 'a download with another hash, packed wrongly or too large is rejected, the stream aborted',
    async run() {
      let aborted = 0
      const download = (options: object) => {
        const to = new WritableStream<Uint8Array>({
          abort: () => {
            aborted += 1
          },
        })
        return codeOf(() => client.download(url, { hash, gunzip: true, to, ...options }))
      }
      const other = { ...hash, hash_value: '0'.repeat(40) }
      equal(await download({ hash: other }), 'HASH_MISMATCH')
      equal(await download({ gunzip: false }), 'HASH_MISMATCH')
      equal(await download({ maxBytes: 100 }), 'BODY_TOO_LARGE')
      equal(aborted, 3)
    },
  },
  {
    name: 'an upload is sent with its meta, from bytes, a Blob and a stream',
    async run() {
      const sha256 = 'a9dc6fb55ee597d06d6900ede0cdba7fb68f3d478d487aba4aedf822d1e93f8b'
      const filename = 'a.csv'
      for (const file of [bill, new Blob([bill]), new Blob([bill]).stream()])
        await client.upload('/v3/merchant/media/upload', { file, filename })
      for (const { body, signedBody } of uploads.splice(0)) {
        equal(signedBody, JSON.stringify({ filename, sha256 }))
        equal(new TextDecoder().decode(body as Uint8Array).includes(`${signedBody}`), true)
      }
    },
  },
]
