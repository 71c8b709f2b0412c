import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { operationExamples } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { expect, test } from 'vitest'
import { ApiError, createWeChatPay, type WeChatPayOptions } from './index.ts'

const { json } = operationExamples.qsMiniProgramPreEntrustSign.args
const { other } = JSON.parse(
  readFileSync(new URL('../../../spec/vectors/testing-keys.json', import.meta.url), 'utf8'),
)

/** The request as it arrives, after something on the way changed it. */
interface SentRequest {
  method: string
  url: URL
  headers: Headers
  body: string | undefined
}

/**
 * A pre-sign call that something on the way changes after signing; the mock receives the changed
 * request.
 */
async function presign(
  tamper: (sent: SentRequest) => void,
  options: Partial<WeChatPayOptions> = {},
): Promise<ApiError> {
  const mock = createMock()
  const wechatpay = createWeChatPay({
    ...mock.merchant,
    async fetch(input, init) {
      const request = new Request(input, init)
      const sent: SentRequest = {
        method: request.method,
        url: new URL(request.url),
        headers: request.headers,
        body: (await request.text()) || undefined,
      }
      tamper(sent)
      return mock.fetch(sent.url, sent as RequestInit)
    },
    ...options,
  })
  const error = await wechatpay
    .qsMiniProgramPreEntrustSign({ json })
    .catch((reason: unknown) => reason)
  if (!(error instanceof ApiError)) throw new Error(`expected an ApiError: ${inspect(error)}`)
  expect(error).toMatchObject({
    status: 401,
    code: 'SIGN_ERROR',
    verified: false,
    outcome: 'failed',
  })
  if (error.signError) expect(error.message).toContain(error.signError.message.slice(0, 60))
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain(json.openid)
  return error
}

const untouched = () => {}

test('a private key of another certificate: private-key, which names certificate and merchant', async () => {
  const { signError } = await presign(untouched, { privateKey: other.privateKey })
  expect(signError?.cause).toBe('private-key')
  expect(signError?.message).toMatch(
    /certificate 4D4F434B4D45524348414E54\w+ of merchant 1900000100/,
  )
})

test('a serial number or a merchant that WeChat Pay does not know: private-key', async () => {
  for (const wrong of [{ serialNumber: 'ABCD' }, { mchid: '1900000999' }]) {
    const { signError } = await presign(untouched, wrong)
    expect(signError?.cause).toBe('private-key')
    expect(signError?.message).toContain(`WeChat Pay does not know certificate`)
  }
})

test('a rewritten body, longer or shorter: body, with both lengths in bytes', async () => {
  const signed = new TextEncoder().encode(JSON.stringify(json)).length
  const changes: [string, (body: string) => string, RegExp][] = [
    ['spaces', (body) => JSON.stringify(JSON.parse(body), null, 2), /\d+ more/],
    [
      'a missing field',
      (body) => JSON.stringify({ ...JSON.parse(body), openid: undefined }),
      /\d+ fewer/,
    ],
    [
      'escapes',
      (body) => body.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`),
      /more/,
    ],
    ['a byte order mark', (body) => `\ufeff${body}`, /3 more\. .*byte order mark/],
    ['an empty body', () => '', new RegExp(`${signed} fewer`)],
  ]
  for (const [, change, expected] of changes) {
    const { signError } = await presign((sent) => {
      sent.body = change(sent.body as string)
    })
    expect(signError?.cause).toBe('body')
    expect(signError?.message).toMatch(expected)
  }
})

test('a body of the same length with another beginning: body', async () => {
  const { signError } = await presign((sent) => {
    sent.body = sent.body?.replace('"', "'")
  })
  expect(signError).toMatchObject({
    cause: 'body',
    message: expect.stringContaining('begins with other bytes'),
  })
})

test('a body of the same length with a later difference looks like a wrong key, and the message mentions it', async () => {
  const { signError } = await presign((sent) => {
    sent.body = sent.body?.replace(
      json.out_contract_code,
      [...json.out_contract_code].reverse().join(''),
    )
  })
  expect(signError?.cause).toBe('private-key')
  expect(signError?.message).toContain(
    'Less likely, bytes of the body changed and its length did not',
  )
})

test('a path that a proxy or baseUrl changed: url', async () => {
  const { signError } = await presign((sent) => {
    sent.url.pathname = `/proxy${sent.url.pathname}`
  })
  expect(signError?.cause).toBe('url')
  expect(signError?.message).toMatch(
    /character 2 of the path on, "v3\/\S+ .* was signed and "proxy\/v3\//,
  )
})

test('a query that was added: url, and no value of it is shown', async () => {
  const { signError } = await presign((sent) => {
    sent.url.search = '?trace=secretvalue'
  })
  expect(signError?.cause).toBe('url')
  expect(signError?.message).toContain('the query')
  expect(signError?.message).not.toContain('secretvalue')
})

test('another method: method', async () => {
  const { signError } = await presign((sent) => {
    sent.method = 'PUT'
  })
  expect(signError).toMatchObject({
    cause: 'method',
    message: expect.stringContaining('"PUT" arrived'),
  })
})

test('an Authorization whose nonce was changed: unknown, the header was rewritten', async () => {
  const { signError } = await presign(({ headers }) => {
    headers.set(
      'authorization',
      headers.get('authorization')?.replace(/nonce_str="\w{4}/, 'nonce_str="0000') ?? '',
    )
  })
  expect(signError).toMatchObject({
    cause: 'unknown',
    message: expect.stringContaining('Authorization'),
  })
})

// Not 301: with a clock that is ahead, each second of the request reduces the difference, and on a
// slow machine the request would be accepted.
test.each([-301, 330, 86_400])(
  'a clock that is %i s off, over real HTTP: clock, with the seconds (T-25)',
  async (seconds) => {
    const server = await startMockServer()
    try {
      const clock = () => Date.now() + seconds * 1000
      const wechatpay = createWeChatPay({ ...server.mock.merchant, baseUrl: server.baseUrl, clock })
      const error = await wechatpay
        .qsMiniProgramPreEntrustSign({ json })
        .catch((reason: unknown) => reason)
      expect(error).toMatchObject({ status: 401, signError: { cause: 'clock' } })
      const found = Number(
        /clock is (\d+) s (?:behind|ahead)/.exec((error as ApiError).message)?.[1],
      )
      // Date has whole seconds, and the request takes time.
      expect(Math.abs(found - Math.abs(seconds))).toBeLessThan(30)
      expect((error as ApiError).message).toContain(seconds < 0 ? 'behind' : 'ahead of')
    } finally {
      await server.close()
    }
  },
)

test('a rejected timestamp without a Date header: clock, too (T-25)', async () => {
  const { signError } = await presign(untouched, { clock: () => Date.now() + 600_000 })
  expect(signError).toMatchObject({
    cause: 'clock',
    message: expect.stringContaining('rejected the timestamp'),
  })
})

test('a 401 that does not mention the signature gets no explanation', async () => {
  const { signError } = await presign(({ headers }) => headers.delete('authorization'))
  expect(signError).toBeUndefined()
})
