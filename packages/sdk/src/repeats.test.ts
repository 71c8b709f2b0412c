import { operationExamples } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWeChatPay, toMiniProgramLaunch, type WeChatPayEvent } from './index.ts'

const { json } = operationExamples.qsMiniProgramPreEntrustSign.args
const code = { service_id: json.service_id, out_contract_code: json.out_contract_code }
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('onEvent receives each attempt with its host', async () => {
  const mock = createMock()
  const events: WeChatPayEvent[] = []
  const wechatpay = createWeChatPay({
    ...mock.merchant,
    fetch: mock.fetch,
    onEvent: (event) => events.push(event),
  })
  mock.faults.add({ operation: '*', name: '503', times: 1 })
  await wechatpay.qsMiniProgramPreEntrustSign({ json })
  expect(events).toMatchObject([
    { type: 'attempt', attempt: 1, host: 'api.mch.weixin.qq.com', status: 503, willRetry: true },
    { type: 'attempt', attempt: 2, host: 'api2.mch.weixin.qq.com', status: 200, willRetry: false },
  ])
})

test('backupBaseUrl and maxAttempts reach the client', async () => {
  const mock = createMock()
  const hostsWith = async (options: { backupBaseUrl?: string | false; maxAttempts?: number }) => {
    const hosts: string[] = []
    const onEvent = (event: WeChatPayEvent) => {
      if (event.type === 'attempt') hosts.push(event.host)
    }
    const wechatpay = createWeChatPay({ ...mock.merchant, ...options, fetch: mock.fetch, onEvent })
    await wechatpay.getCertificates().catch(() => undefined)
    return hosts
  }
  mock.faults.add({ operation: '*', name: '502' })
  const main = 'api.mch.weixin.qq.com'
  expect(await hostsWith({ backupBaseUrl: false })).toEqual([main, main, main])
  expect(await hostsWith({ backupBaseUrl: 'https://b.test', maxAttempts: 2 })).toEqual([
    main,
    'b.test',
  ])
  expect(await hostsWith({ maxAttempts: 1 })).toEqual([main])
})

test('an invalid backup host is a ConfigurationError that names it', () => {
  const { merchant } = createMock()
  for (const backupBaseUrl of ['', 'b.test', 'http://b.test', 'https://b.test/v3']) {
    expect(() => createWeChatPay({ ...merchant, backupBaseUrl }), backupBaseUrl).toThrow(
      expect.objectContaining({
        name: 'ConfigurationError',
        code: 'malformed-base-url',
        slot: 'backupBaseUrl',
      }),
    )
  }
})

test('T-33 the mock’s keys are rejected when either host is not this machine', () => {
  const { allowMockKeys: _, ...merchant } = createMock().merchant
  const baseUrl = 'http://127.0.0.1:1'
  expect(() =>
    createWeChatPay({ ...merchant, baseUrl, backupBaseUrl: 'http://127.0.0.1:2' }),
  ).not.toThrow()
  for (const hosts of [
    {},
    { baseUrl, backupBaseUrl: 'https://b.test' },
    { baseUrl: 'https://a.test' },
  ])
    expect(() => createWeChatPay({ ...merchant, ...hosts })).toThrow(
      expect.objectContaining({ code: 'mock-keys' }),
    )
})

test('waitForContract: not signed yet is no failure; it returns the contract when the user has signed', async () => {
  const mock = createMock()
  const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
  const { data } = await wechatpay.qsMiniProgramPreEntrustSign({ json })
  const queries = () => mock.requests().filter(({ method }) => method === 'GET').length
  const wait = wechatpay.waitForContract({
    ...code,
    expiresAt: toMiniProgramLaunch(data).expiresAt,
  })
  await vi.waitUntil(() => queries() === 1)
  await mock.user.signs(data)
  const signed = await wait
  expect(signed?.data).toMatchObject({ ...code, contract_state: 'SIGNED' })
  expect(queries()).toBe(2)
})

test('waitForContract: undefined when the user never signed, reported by 404 or as in similar products', async () => {
  for (const contractNotFound of [undefined, { status: 403, code: 'CONTRACT_NOT_EXIST' }]) {
    const mock = createMock(contractNotFound && { contractNotFound })
    const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
    expect(await wechatpay.waitForContract({ ...code, timeout: 1 })).toBeUndefined()
  }
})
