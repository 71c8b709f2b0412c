// The Worker runs in workerd, as at Cloudflare; the mock runs on a port of this machine.
import { readFileSync } from 'node:fs'
import { type MockServer, startMockServer } from '@wechatpay-entrust/mock/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unstable_startWorker as startWorker } from 'wrangler'

let mock: MockServer
let worker: Awaited<ReturnType<typeof startWorker>>
let url: URL

beforeAll(async () => {
  mock = await startMockServer()
  const text = (value: string) => ({ type: 'plain_text', value }) as const
  const file = (path: string) => text(readFileSync(path, 'utf8'))
  worker = await startWorker({
    config: 'wrangler.jsonc',
    bindings: {
      MCHID: text(mock.mchid),
      MERCHANT_SERIAL_NUMBER: text(mock.merchantSerialNumber),
      MERCHANT_PRIVATE_KEY: file(mock.merchantPrivateKeyPath),
      API_V3_KEY: text(mock.apiV3Key),
      PUBLIC_KEY_ID: text(mock.publicKeyId),
      PUBLIC_KEY: file(mock.publicKeyPath),
      WECHATPAY_URL: text(mock.baseUrl),
    },
    dev: {
      server: { hostname: '127.0.0.1', port: 0 },
      inspector: false,
      watch: false,
      persist: false,
    },
  })
  url = await worker.url
}, 60_000)

afterAll(async () => {
  await worker?.dispose()
  await mock?.close()
})

test('a contract is pre-signed, signed by the user, and notified to the Worker', async () => {
  const offered = await fetch(new URL('/contracts/W1', url), { method: 'POST' })
  expect(offered.status).toBe(200)
  const { extraData } = (await offered.json()) as { extraData: { pre_entrustweb_id: string } }

  await mock.mock.user.signs(extraData.pre_entrustweb_id)
  expect(mock.mock.deliveries()).toMatchObject([{ status: 204, attempt: 1 }])
  const stored = await fetch(new URL('/contracts/W1', url))
  expect(await stored.text()).toBe(mock.mock.contracts()[0]?.contract_id)
})

test('a forged notification is rejected', async () => {
  const forged = await fetch(new URL('/notify', url), { method: 'POST', body: '{}' })
  expect(forged.status).toBe(401)
})
