import { expect, test } from 'vitest'
import { preSignBody, preSignResponse, verified } from '../testing/handler.ts'
import { createClient } from './client.ts'
import type { ClientRequestInit } from './transport.ts'

/** The arguments that fetch gets for one call. */
async function argumentsOf(call: (client: ReturnType<typeof createClient>) => Promise<unknown>) {
  const seen: { url: string; init: ClientRequestInit }[] = []
  const client = createClient({
    baseUrl: 'https://pay.test',
    fetch: async (url, init) => {
      seen.push({ url, init })
      return verified({ ...preSignResponse })
    },
  })
  await call(client)
  return seen[0] ?? expect.fail('Nothing was sent')
}

test('init has everything that is sent: method, headers, body, no redirects', async () => {
  const { url, init } = await argumentsOf((client) =>
    client.qsMiniProgramPreEntrustSign({ json: preSignBody }),
  )
  expect(url).toBe(
    'https://pay.test/v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program',
  )
  expect(init).toMatchObject({
    operation: 'qsMiniProgramPreEntrustSign',
    method: 'POST',
    redirect: 'manual',
    body: JSON.stringify(preSignBody),
  })
  expect(init.headers).toEqual({
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': expect.stringMatching(/^wechatpay-entrust\/\d/),
  })
})

test('a read has neither body nor Content-Type', async () => {
  const { init } = await argumentsOf((client) => client.getCertificates())
  expect(init).not.toHaveProperty('body')
  expect(Object.keys(init.headers)).toEqual(['accept', 'user-agent'])
})

test('T-31 a plain fetch with these arguments follows no redirect', async () => {
  const { init } = await argumentsOf((client) => client.request('DELETE', '/v3/x'))
  expect(init).toMatchObject({ method: 'DELETE', redirect: 'manual' })
})
