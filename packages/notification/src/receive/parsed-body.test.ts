import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { expect, test } from 'vitest'
import type { NotificationError } from '../errors/notification-error.ts'
import { responseFor } from '../respond/response.ts'
import { envelope, openid, options, signed } from '../testing/fixtures.ts'
import { receiveNotification } from './receive.ts'

/** Words of the fixes for single frameworks. */
const frameworks = ['Express', 'Fastify', 'Koa', 'NestJS', 'Hono', 'Next.js', 'Lambda']
const fault = (request: unknown) =>
  receiveNotification(request as Request, options).then(
    () => 'accepted' as const,
    (error: Error & { code: string }) => error,
  )

async function used(message = signed()) {
  const request = new Request('https://merchant.example/notify', {
    method: 'POST',
    headers: message.headers,
    body: Uint8Array.from(message.body),
  })
  await request.json()
  return request
}

async function drained(message = signed()) {
  const request = Readable.from([message.body])
  for await (const _ of request);
  return request
}

/** Something has read the first half and stopped. */
async function halfRead(message = signed()) {
  const request = new PassThrough()
  request.write(message.body.subarray(0, 100))
  await once(request, 'data')
  request.pause().end(message.body.subarray(100))
  return request
}

async function drainedEmpty() {
  const request = Readable.from([])
  for await (const _ of request);
  return request
}

const { headers, body } = signed()
const text = Buffer.from(body).toString()

test.each<[string, string, () => unknown]>([
  ['a body parsed to an object', 'a parsed object', () => ({ headers, body: envelope() })],
  ['a body parsed to an array', 'an array', () => ({ headers, body: [envelope()] })],
  ['a body as text', 'a string', () => ({ headers, body: text })],
  ['a body that no parser has read', 'undefined', () => ({ headers, body: undefined })],
  [
    'Express with express.json()',
    'a parsed object',
    async () => Object.assign(await drained(), { headers, body: envelope() }),
  ],
  [
    'Express with express.text()',
    'a string',
    async () => Object.assign(await drained(), { headers, body: text }),
  ],
  [
    'Express with a parser that left {}',
    'a parsed object',
    async () => Object.assign(await drained(), { headers, body: {} }),
  ],
  [
    'a parsed object beside a stream that shows no trace',
    'a parsed object',
    () => ({ headers, body: envelope(), async *[Symbol.asyncIterator]() {} }),
  ],
  [
    "a request of Node's that was read",
    'a stream that something else has already read',
    async () => Object.assign(await drained(), { headers }),
  ],
  [
    'a request that was read in part',
    'a stream that something else has already read',
    async () => Object.assign(await halfRead(), { headers }),
  ],
  [
    'an empty request that was read to its end',
    'a stream that something else has already read',
    async () => Object.assign(await drainedEmpty(), { headers }),
  ],
  [
    'a stream that was read, given as the body',
    'a stream that something else has already read',
    async () => ({ headers, body: await drained() }),
  ],
  ['a Web Request that was read', 'a Request whose body was already used', () => used()],
  [
    'a Web stream that is already being read',
    'a stream that something else has already read',
    () => {
      const stream = new Blob([Uint8Array.from(body)]).stream()
      stream.getReader()
      return { headers, body: stream }
    },
  ],
  ['a stream of text', 'a stream of text', () => Object.assign(Readable.from([text]), { headers })],
])(
  'T-17 %s: the error names "%s" and no framework that is not certain, and the response is 500',
  async (_case, found, make) => {
    const request = await make()
    const error = (await fault(request)) as NotificationError
    expect(error).toMatchObject({
      name: 'NotificationError',
      code: 'parsed-body',
      message: expect.stringContaining(`found ${found}`),
    })
    const isWeb = request instanceof Request
    const named = frameworks.filter((framework) => error.message.includes(framework))
    expect(named).toEqual(isWeb ? ['Next.js'] : [])
    expect(error.remedy?.en.split('. ')).toHaveLength(isWeb ? 1 : 2)
    expect(error.remedy?.zh).toMatch(isWeb ? /arrayBuffer/ : /原始字节/)
    expect(error.message).not.toContain(openid)
    expect(responseFor(error).status).toBe(500)
  },
)

test.each([[undefined], [null], ['text'], [7], [{}], [{ body }], [{ headers: 'text', body }]])(
  '%j is no request',
  async (request) => {
    const error = await fault(request)
    expect(error).toMatchObject({ name: 'NotificationError', code: 'no-headers' })
    expect(responseFor(error).status).toBe(500)
  },
)

test('JSON parsed and written again is not the body that was signed', async () => {
  const spaced = signed(JSON.stringify(envelope(), null, 1))
  const again = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(spaced.body).toString())))
  expect(await fault({ ...spaced, body: again })).toMatchObject({
    name: 'SignatureError',
    code: 'mismatch',
    message: expect.stringContaining('raw bytes'),
  })
})
