import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { SignatureError } from '@wechatpay-entrust/auth'
import { describe, expect, test } from 'vitest'
import { acceptedResponse, responseFor, toResponse } from '../respond/response.ts'
import { envelope, keys, rejectionOf, responseTo, seal, seen, signed } from '../testing/fixtures.ts'

const notification = (code: string) => ({ name: 'NotificationError', code })
const signature = (code: string) => ({ name: 'SignatureError', code })
const withHeaders = (more: Record<string, unknown>) => {
  const message = signed()
  return { ...message, headers: { ...message.headers, ...more } }
}
const opening = (plaintext: string | Uint8Array) => signed(envelope(seal(plaintext)))

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

describe('headers', () => {
  test('each missing signature header is named', async () => {
    for (const name of [
      'Wechatpay-Timestamp',
      'Wechatpay-Nonce',
      'Wechatpay-Serial',
      'Wechatpay-Signature',
    ]) {
      expect(await rejectionOf(withHeaders({ [name]: undefined }))).toEqual(
        signature('missing-header'),
      )
      expect(seen.at(-1)?.message).toContain(name)
    }
  })

  test('T-16 a header that occurs twice is rejected, even with equal values', async () => {
    const { headers } = signed()
    for (const name of Object.keys(headers).filter((key) => key !== 'Request-ID')) {
      const value = headers[name] ?? ''
      for (const second of [value, 'other']) {
        expect(await rejectionOf(withHeaders({ [name]: [value, second] }))).toEqual(
          notification('duplicate-header'),
        )
        expect(await rejectionOf(withHeaders({ [name.toLowerCase()]: second }))).toEqual(
          notification('duplicate-header'),
        )
        const distinct = {
          ...withHeaders({}),
          headersDistinct: { [name.toLowerCase()]: [value, second] },
        }
        expect(await rejectionOf(distinct)).toEqual(notification('duplicate-header'))
        const unseen = { ...withHeaders({ [name]: [value, second] }), headersDistinct: {} }
        expect(await rejectionOf(unseen)).toEqual(notification('duplicate-header'))
        const joined = new Headers(headers)
        joined.append(name, second)
        if (name !== 'Content-Type')
          expect((await rejectionOf({ ...signed(), headers: joined })).name).toBe('SignatureError')
      }
    }
  })

  test('a Request-ID that occurs twice is no reason to reject: no check depends on it', async () => {
    expect(await responseTo(withHeaders({ 'Request-ID': ['a', 'b'] }))).toBe(acceptedResponse)
    expect(await responseTo(withHeaders({ 'request-id': 'b' }))).toBe(acceptedResponse)
  })

  test('a plain object with a header named "get" is no Headers', async () => {
    expect(await responseTo(withHeaders({ get: 'x' }))).toBe(acceptedResponse)
  })

  test('T-13 another Wechatpay-Signature-Type is rejected, a missing one is not', async () => {
    for (const type of ['none', 'wechatpay2-sha256-rsa2048', 'WECHATPAY2-SM2-WITH-SM3', '1']) {
      expect(await rejectionOf(withHeaders({ 'Wechatpay-Signature-Type': type }))).toEqual(
        signature('unsupported-signature-type'),
      )
    }
    expect(await responseTo(withHeaders({ 'Wechatpay-Signature-Type': undefined }))).toBe(
      acceptedResponse,
    )
  })

  test('T-09 a signature probe is rejected and marked as a probe, with any text after its prefix', async () => {
    const genuine = signed().headers['Wechatpay-Signature'] ?? ''
    const tails = [
      genuine,
      genuine.slice(20),
      Buffer.alloc(241).toString('base64').slice(0, 324),
      '',
      'A',
      '****',
      '=',
    ]
    for (const tail of tails) {
      const probe = withHeaders({ 'Wechatpay-Signature': `WECHATPAY/SIGNTEST/${tail}` })
      expect((await rejectionOf(probe)).name).toBe('SignatureError')
      expect(seen.at(-1)).toMatchObject({ probe: true })
      expect((await responseTo(probe)).status).toBe(401)
    }
  })

  test('a signature by another key or with an unknown serial is rejected', async () => {
    expect(await rejectionOf(signed(envelope(), undefined, keys.other.privateKey))).toEqual(
      signature('mismatch'),
    )
    expect(await rejectionOf(withHeaders({ 'Wechatpay-Serial': 'PUB_KEY_ID_0119' }))).toEqual(
      signature('unknown-serial'),
    )
  })
})

test('a rejection has the Request-ID of the message, and its id after the signature is verified', async () => {
  await rejectionOf(opening('not json'))
  expect(seen.at(-1)).toMatchObject({
    requestId: '08F78BB5AF0610D302-0',
    notificationId: 'EV-2018022511223320873',
  })
  await rejectionOf(signed('{}'))
  expect(seen.at(-1)).toMatchObject({
    requestId: '08F78BB5AF0610D302-0',
    notificationId: undefined,
  })
  await rejectionOf({
    ...withHeaders({ 'Request-ID': 'forged\nline' }),
    body: new Uint8Array(70_000),
  })
  expect(seen.at(-1)).toMatchObject({ requestId: 'forged line' })
})

describe('responses', () => {
  test('T-04 T-34 T-35 every rejection gets the same bytes', async () => {
    const messages = [
      { headers: {}, body: new Uint8Array() },
      { headers: {}, body: null },
      signed(envelope(), 1_500_000_000),
      signed(envelope(), undefined, keys.other.privateKey),
      { ...signed(), body: new Uint8Array(65_537) },
      withHeaders({ 'Content-Encoding': 'gzip' }),
      withHeaders({ 'Content-Type': 'text/plain; charset=gbk' }),
      withHeaders({ 'Wechatpay-Serial': ['a', 'b'] }),
      withHeaders({ 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/AAAA' }),
      signed('not json'),
      signed('{}'),
      signed(envelope(seal('{}', 'k'.repeat(32)))),
      opening('not json'),
      opening('{"mchid":"1900009999"}'),
    ]
    const answers = await Promise.all(messages.map((message) => responseTo(message)))
    answers.push(await responseTo(signed(), { expect: () => false }))
    for (const answer of answers) {
      expect(answer).toEqual({
        status: 401,
        headers: { 'content-type': 'application/json' },
        body: '{"code":"FAIL","message":"失败"}',
      })
    }
    const responses = await Promise.all(answers.map((answer) => toResponse(answer).bytes()))
    expect(new Set(responses.map((bytes) => Buffer.from(bytes).toString('hex')))).toEqual(
      new Set([Buffer.from('{"code":"FAIL","message":"失败"}', 'utf8').toString('hex')]),
    )
  })

  test('own faults get 500 with the same body, for any thrown value', async () => {
    const parsed = Object.assign(Readable.from([]), {
      headers: signed().headers,
      body: { id: 'EV' },
    })
    const answers = [
      await responseTo(parsed),
      await responseTo({}),
      await responseTo(signed(), { apiV3Key: 'short' }),
      await responseTo(signed(), {
        expect: () => Promise.reject(new Error('database not reachable')),
      }),
      ...[
        new Error('x'),
        new TypeError('x'),
        'text',
        null,
        undefined,
        { name: 'SignatureError' },
      ].map(responseFor),
    ]
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 500, body: '{"code":"FAIL","message":"失败"}' })
  })

  test('a rejection by another copy of the package counts as one', () => {
    const foreign = (code: string) =>
      Object.assign(new Error('x'), { name: 'NotificationError', code })
    expect(responseFor(foreign('wrong-mchid')).status).toBe(401)
    expect(responseFor(foreign('parsed-body')).status).toBe(500)
  })

  test('a SignatureError of the handler’s own query is not this message’s fault: 500', () => {
    expect(responseFor(new SignatureError('mismatch', 'the answer to a query')).status).toBe(500)
  })

  test('accepted is 204 without a body or a content type', async () => {
    const response = toResponse(acceptedResponse)
    expect([response.status, await response.text(), [...response.headers]]).toEqual([204, '', []])
  })
})
