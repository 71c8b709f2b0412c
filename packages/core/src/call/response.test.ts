import { expect, test } from 'vitest'
import type { ApiError } from '../errors/api-error.ts'
import { rejection, responding, unverified, verified } from '../testing/handler.ts'
import { createClient } from './client.ts'

const ask = (answer: () => Response) =>
  createClient({ fetch: responding(answer).fetch, maxAttempts: 1 }).getCertificates()
const failure = (answer: () => Response) => rejection(ask(answer)) as Promise<ApiError>

/** A body of 10 kB parts without an end, and how it fared. */
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

test('T-19 of an error body no more than 64 KiB is read, and the rest is given up', async () => {
  const { fate, body } = endless()
  expect(await failure(() => unverified(body, { status: 500 }))).toMatchObject({ code: 'HTTP_500' })
  expect(fate).toEqual({ parts: 7, cancelled: true })
  const start = '{"code":"SYSTEM_ERROR","message":"'
  const full = `${start}${'x'.repeat(65_536 - start.length - 2)}"}`
  expect(await failure(() => unverified(full, { status: 500 }))).toMatchObject({
    code: 'SYSTEM_ERROR',
  })
})

test('T-02 the body of a 2xx that nobody verified is given up', async () => {
  const { fate, body } = endless()
  expect(await failure(() => unverified(body))).toMatchObject({ code: 'UNVERIFIED_RESPONSE' })
  expect(fate).toEqual({ parts: 0, cancelled: true })
})

test.each([
  'application/json-seq',
  'application/problem+json',
  'application/json; charset=utf-8x',
  'x'.repeat(5000),
])(
  'T-18 a verified 2xx with a Content-Type that is not JSON in UTF-8: MALFORMED_RESPONSE',
  async (type) => {
    const error = await failure(() => verified({}, { headers: { 'content-type': type } }))
    expect(error.code).toBe('MALFORMED_RESPONSE')
    expect(error.message.length).toBeLessThan(600)
  },
)

test('null for the JSON object of an operation: MALFORMED_RESPONSE', async () => {
  expect(await failure(() => verified('null'))).toMatchObject({ code: 'MALFORMED_RESPONSE' })
})

test('the 202 of an untyped request is its answer', async () => {
  const { fetch } = responding(() => verified({ state: 'PROCESSING' }, { status: 202 }))
  expect((await createClient({ fetch }).request('POST', '/v3/x')).data).toEqual({
    state: 'PROCESSING',
  })
})

test('bytes that the signing fetch hands over are the answer, and the body is not read again', async () => {
  const handed = Object.assign(verified('not to be read'), {
    received: new TextEncoder().encode('{"a":1}'),
  })
  const answer = await createClient({ fetch: async () => handed }).request('GET', '/v3/x')
  expect([answer.data, answer.response.bodyUsed]).toEqual([{ a: 1 }, false])
})

test('T-02 bytes handed over with an answer that nobody verified are not read', async () => {
  const handed = Object.assign(unverified('{}'), { received: new TextEncoder().encode('{"a":1}') })
  const error = await rejection(createClient({ fetch: async () => handed }).request('GET', '/v3/x'))
  expect(error).toMatchObject({ name: 'ApiError', code: 'UNVERIFIED_RESPONSE' })
})
