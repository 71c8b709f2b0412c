import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { acceptedResponse } from '../respond/response.ts'
import { envelope, rejectionOf, responseTo, seal, seen, signed } from '../testing/fixtures.ts'

const notification = (code: string) => ({ name: 'NotificationError', code })
const signature = (code: string) => ({ name: 'SignatureError', code })
const withHeaders = (more: Record<string, unknown>) => {
  const message = signed()
  return { ...message, headers: { ...message.headers, ...more } }
}
const _opening = (plaintext: string | Uint8Array) => signed(envelope(seal(plaintext)))

/** Counts the bytes that are really pulled. */
function endless(chunk: Uint8Array) {
  const pulled = { bytes: 0 }
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled.bytes += chunk.length
      controller.enqueue(chunk)
    },
  })
  return { pulled, body }
}

describe('limits, before any work', () => {
  test('T-19 a body of 65,536 bytes is read and verified, one byte more is rejected', async () => {
    expect(await rejectionOf({ ...signed(), body: new Uint8Array(65_536) })).toEqual(
      signature('mismatch'),
    )
    expect(await rejectionOf({ ...signed(), body: new Uint8Array(65_537) })).toEqual(
      notification('body-too-large'),
    )
    expect(await rejectionOf(signed(), { maxBytes: 100 })).toEqual(notification('body-too-large'))
  })

  test('T-19 a Content-Length over the limit is rejected unread', async () => {
    for (const length of ['65537', '10000000000', '9'.repeat(400)]) {
      const { pulled, body } = endless(new Uint8Array(1))
      await Promise.resolve()
      const before = pulled.bytes
      expect(await rejectionOf({ ...withHeaders({ 'Content-Length': length }), body })).toEqual(
        notification('body-too-large'),
      )
      expect(pulled.bytes).toBe(before)
    }
  })

  test('T-19 a Content-Length that is just the limit is accepted', async () => {
    const message = withHeaders({})
    const length = message.body.length
    const headers = { ...message.headers, 'Content-Length': String(length) }
    expect(await responseTo({ ...message, headers }, { maxBytes: length })).toBe(acceptedResponse)
    expect(await rejectionOf({ ...message, headers }, { maxBytes: length - 1 })).toEqual(
      notification('body-too-large'),
    )
  })

  test('T-19 an endless body is read up to the limit and no further', async () => {
    const { pulled, body } = endless(new Uint8Array(1000))
    expect(await rejectionOf({ ...signed(), body })).toEqual(notification('body-too-large'))
    expect(pulled.bytes).toBeLessThan(70_000)

    let yielded = 0
    async function* chunks() {
      for (;;) yield new Uint8Array(1000 + 0 * yielded++)
    }
    expect(await rejectionOf({ ...signed(), body: chunks() })).toEqual(
      notification('body-too-large'),
    )
    expect(yielded).toBeLessThan(70)
  })

  test('a body that breaks off is rejected, with the reason as cause', async () => {
    async function* half() {
      yield new Uint8Array(10)
      throw new Error('aborted')
    }
    expect(await rejectionOf({ ...signed(), body: half() })).toEqual(
      notification('body-incomplete'),
    )
    expect(seen.at(-1)).toMatchObject({ cause: { message: 'aborted' } })
  })

  test('T-20 any Content-Encoding other than identity is rejected unread', async () => {
    const body = gzipSync(signed().body)
    for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'GZIP', 'gzip, identity', 'x']) {
      expect(await rejectionOf({ ...withHeaders({ 'Content-Encoding': encoding }), body })).toEqual(
        notification('content-encoding'),
      )
    }
    for (const encoding of ['identity', 'Identity', 'IDENTITY', ' identity ', '']) {
      const message = withHeaders({ 'Content-Encoding': encoding })
      expect(await responseTo(message)).toBe(acceptedResponse)
    }
  })

  test('T-18 a charset other than UTF-8 is rejected, UTF-8 in any spelling is accepted', async () => {
    for (const charset of ['gbk', 'utf-16', 'iso-8859-1', '"GB18030"', '', 'utf-"8', 'u"tf-8']) {
      const message = withHeaders({ 'Content-Type': `application/json; charset=${charset}` })
      expect(await rejectionOf(message)).toEqual(notification('content-type'))
    }
    for (const type of [
      'application/json;charset=UTF-8',
      'application/json; v=1; Charset="utf-8"',
      'application/json; charset=utf8',
      'application/json; charset = utf-8 ; v=1',
      '',
    ]) {
      expect(await responseTo(withHeaders({ 'Content-Type': type }))).toBe(acceptedResponse)
    }
  })

  test('T-29 the time for a header grows only in proportion to its length', async () => {
    /** CPU time of this thread in microseconds: other processes do not count. Best of three. */
    const cost = async (repeats: number) => {
      const costs: number[] = []
      for (const _run of [1, 2, 3]) {
        const before = process.threadCpuUsage()
        for (const name of ['Content-Type', 'Request-ID', 'Wechatpay-Nonce', 'Wechatpay-Signature'])
          await responseTo(withHeaders({ [name]: 'a; charset='.repeat(repeats) }))
        const { user, system } = process.threadCpuUsage(before)
        costs.push(user + system)
      }
      return Math.min(...costs)
    }
    await cost(10)
    // 30 kB and 300 kB: at most 10 times the work, or about 100 times if it is quadratic.
    const small = await cost(2500)
    const large = await cost(25_000)
    expect(large / small).toBeLessThan(40)
  })
})
