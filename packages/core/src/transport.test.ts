import { expect, test } from 'vitest'
import { createClient } from './client.ts'
import { preSignBody, verified } from './testing/handler.ts'
import type { ClientRequestInit } from './transport.ts'

/** What a fetch is given for one call. */
async function given(call: (client: ReturnType<typeof createClient>) => Promise<unknown>) {
  const seen: { request: Request; init: ClientRequestInit; text: string }[] = []
  const client = createClient({
    fetch: async (request, init) => {
      seen.push({ request, init, text: await request.text() })
      return verified({})
    },
  })
  await call(client)
  return seen[0] ?? expect.fail('Nothing was sent')
}

test('Request and init say the same: method, headers, the very body, no redirects', async () => {
  const { request, init, text } = await given((client) => client.qsMiniProgramPreEntrustSign({ json: preSignBody }))
  expect(init).toMatchObject({ method: 'POST', redirect: 'manual', body: JSON.stringify(preSignBody) })
  expect([request.method, request.redirect]).toEqual(['POST', 'manual'])
  expect(Object.fromEntries(request.headers)).toEqual(init.headers)
  expect(text).toBe(init.body)
})

test('a read has neither body nor Content-Type, in the one as in the other', async () => {
  const { request, init } = await given((client) => client.getCertificates())
  expect(init).not.toHaveProperty('body')
  expect(request.body).toBeNull()
  expect(Object.keys(init.headers)).toEqual(['accept', 'user-agent'])
  expect(Object.fromEntries(request.headers)).toEqual(init.headers)
})

test('T-31 a plain fetch that is given both follows no redirect', async () => {
  const { init } = await given((client) => client.request('DELETE', '/v3/x'))
  expect(init).toMatchObject({ method: 'DELETE', redirect: 'manual' })
})
