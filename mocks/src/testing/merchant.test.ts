import { afterEach, expect, test, vi } from 'vitest'
import { createWeChatPay, type WeChatPayOptions } from 'wechatpay-entrust'
import { createMock } from '../index.ts'
import { preSignBody } from './by-hand.ts'
import { startReceiver } from './receiver.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** As the platform's fetch fails when the host has no address, e.g. in CI without network. */
async function failLikeDns(): Promise<never> {
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('getaddrinfo ENOTFOUND api.mch.weixin.qq.com'), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
      hostname: 'api.mch.weixin.qq.com',
    }),
  })
}

test("without fetch: mock.fetch the error says that these are the mock's keys", async () => {
  vi.stubGlobal('fetch', failLikeDns)
  const wechatpay = createWeChatPay({ ...createMock().merchant })
  const error = await wechatpay.getCertificates().catch((reason: unknown) => reason)
  expect(error).toMatchObject({
    name: 'ApiError',
    message: expect.stringMatching(/keys of the mock.*fetch: mock\.fetch.*baseUrl/),
    remedy: { zh: expect.stringMatching(/模拟服务的密钥.*fetch: mock\.fetch/) },
  })
})

test('with fetch: mock.fetch no such text appears', async () => {
  const mock = createMock()
  mock.faults.add({ operation: '*', name: 'connection-reset' })
  const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch, maxAttempts: 1 })
  const error = await wechatpay.getCertificates().catch((reason: unknown) => reason)
  expect(error).toMatchObject({ message: expect.not.stringContaining('keys of the mock') })
})

test('the client accepts a notify_url on this machine, and the mock delivers to it', async () => {
  const receiver = await startReceiver()
  try {
    const mock = createMock()
    const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
    const json = { ...preSignBody, notify_url: receiver.url } as never
    const { data } = await wechatpay.qsMiniProgramPreEntrustSign({ json })
    await mock.user.signs(data)
    expect(mock.deliveries()).toMatchObject([{ status: 204, attempt: 1, url: receiver.url }])
  } finally {
    await receiver.close()
  }
})

test.each(['http://127.0.0.1:8080/notify', 'http://[::1]/notify', 'http://localhost/notify'])(
  'a client with allowMockKeys: true accepts %s, any other client of the real host rejects it',
  async (notify_url) => {
    const { merchant, fetch } = createMock()
    const send = (url: string, options: Partial<WeChatPayOptions> = {}) =>
      createWeChatPay({ ...merchant, fetch, ...options }).qsMiniProgramPreEntrustSign({
        json: { ...preSignBody, notify_url: url } as never,
      })
    const { service_id } = preSignBody
    await expect(send(notify_url)).resolves.toMatchObject({ data: { service_id } })
    for (const other of ['http://192.168.0.1/notify', 'http://127.0.0.1.shop.test/notify'])
      await expect(send(other)).rejects.toMatchObject({ name: 'RequestError' })
    const own = { publicKey: { ...merchant.publicKey, id: `PUB_KEY_ID_${'1'.repeat(32)}` } }
    await expect(
      send(notify_url, { ...own, platformCertificates: undefined, allowMockKeys: undefined }),
    ).rejects.toMatchObject({ name: 'RequestError', field: '/notify_url' })
  },
)
