import { expect, test } from 'vitest'
import type { ApiError } from '../errors/api-error.ts'
import { rejection, responding, unverified, verified } from '../testing/handler.ts'
import { createClient } from './client.ts'

const call = (respond: () => Response) =>
  createClient({ fetch: responding(respond).fetch, maxAttempts: 1 }).getCertificates()
const failure = (respond: () => Response) => rejection(call(respond)) as Promise<ApiError>

/** A body of 10 kB parts that hardly ends, and what happened to it. */
function endless() {
  const fate = { parts: 0, cancelled: false }
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        fate.parts += 1
        controller.enqueue(new Uint8Array(10_000))
        if (fate.parts === 1000) controller.close()
      },
      cancel: () => {
        fate.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { fate, body }
}

test('T-19 at most 64 KiB of an error body are read, and the rest is cancelled', async () => {
  const { fate, body } = endless()
  expect(await failure(() => unverified(body, { status: 500 }))).toMatchObject({ code: 'HTTP_500' })
  expect(fate).toEqual({ parts: 7, cancelled: true })
  const start = '{"code":"SYSTEM_ERROR","message":"'
  const full = `${start}${'x'.repeat(65_536 - start.length - 2)}"}`
  expect(await failure(() => unverified(full, { status: 500 }))).toMatchObject({
    code: 'SYSTEM_ERROR',
  })
})

test('T-02 the body of a 2xx that was not verified is cancelled', async () => {
  const { fate, body } = endless()
  expect(await failure(() => unverified(body))).toMatchObject({ code: 'UNVERIFIED_RESPONSE' })
  expect(fate).toEqual({ parts: 0, cancelled: true })
})

test('T-02 a 204 that was not verified has no body to cancel, and is rejected for the same reason', async () => {
  const error = await failure(() => unverified(null, { status: 204 }))
  expect(error).toMatchObject({ code: 'UNVERIFIED_RESPONSE', status: 204, verified: false })
})

test.each([
  'application/json-seq',
  'application/problem+json',
  'application/json; charset=utf-8x',
  'application/json; charset=charset=utf-8',
  'x'.repeat(5000),
])(
  'T-18 a verified 2xx with a Content-Type that is not JSON in UTF-8: MALFORMED_RESPONSE',
  async (type) => {
    const error = await failure(() => verified({}, { headers: { 'content-type': type } }))
    expect(error.code).toBe('MALFORMED_RESPONSE')
    expect(error.message.length).toBeLessThan(600)
  },
)

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'application/json ; v=1 ;charset="UTF-8"',
  ' Application/JSON ',
])('T-18 a verified 2xx with Content-Type "%s" is read', async (type) => {
  const { data } = await call(() => verified({ data: [] }, { headers: { 'content-type': type } }))
  expect(data).toEqual({ data: [] })
})

test('a verified 2xx that is not JSON: MALFORMED_RESPONSE with its cause, for an untyped request too', async () => {
  const malformed = { code: 'MALFORMED_RESPONSE', cause: { name: 'JsonError' } }
  expect(await failure(() => verified('{'))).toMatchObject(malformed)
  const { fetch } = responding(() => verified('{'))
  expect(await rejection(createClient({ fetch }).request('GET', '/v3/x'))).toMatchObject(malformed)
})

test('null instead of a JSON object for an operation: MALFORMED_RESPONSE', async () => {
  expect(await failure(() => verified('null'))).toMatchObject({ code: 'MALFORMED_RESPONSE' })
})

test('the 202 of an untyped request is its result', async () => {
  const { fetch } = responding(() => verified({ state: 'PROCESSING' }, { status: 202 }))
  expect((await createClient({ fetch }).request('POST', '/v3/x')).data).toEqual({
    state: 'PROCESSING',
  })
})

test('the bytes that the signing fetch passes are parsed, and the body is not read again', async () => {
  const response = Object.assign(verified('not to be read'), {
    received: new TextEncoder().encode('{"a":1}'),
  })
  const result = await createClient({ fetch: async () => response }).request('GET', '/v3/x')
  expect([result.data, result.response.bodyUsed]).toEqual([{ a: 1 }, false])
})

test('T-02 the bytes that come with a response that was not verified are not read', async () => {
  const response = Object.assign(unverified('{}'), {
    received: new TextEncoder().encode('{"a":1}'),
  })
  const error = await rejection(
    createClient({ fetch: async () => response }).request('GET', '/v3/x'),
  )
  expect(error).toMatchObject({ name: 'ApiError', code: 'UNVERIFIED_RESPONSE' })
})
