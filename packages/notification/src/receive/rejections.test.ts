import { Readable } from 'node:stream'
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
