// Without interception: the shop gets the mock's `fetch`, and the mock's notifications go directly
// to the shop's route.
import { generateTestNotification } from '@wechatpay-entrust/mock'
import { test } from '@wechatpay-entrust/mock/vitest'
import { expect } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { createShop } from './shop.ts'

const notifyUrl = 'https://shop.test/notify'
const user = { name: '用户A', openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' }

// Each test gets a new `mock`, and a `shop` that uses it.
const it = test
  .extend('mockOptions', () => ({
    deliver: async ({
      url,
      headers,
      body,
    }: {
      url: string
      headers: HeadersInit
      body: Uint8Array
    }) => {
      const request = new Request(url, {
        method: 'POST',
        headers,
        body: body as Uint8Array<ArrayBuffer>,
      })
      return (await current.notify(request)).status
    },
  }))
  .extend('shop', ({ mock }) => {
    current = createShop(createWeChatPay({ ...mock.merchant, fetch: mock.fetch }), notifyUrl)
    return current
  })
let current: ReturnType<typeof createShop>

it('a user who signs gets a contract', async ({ mock, shop }) => {
  const launch = await shop.offerContract('A1', user)
  expect(launch.extraData.pre_entrustweb_id).toBeTruthy()
  expect(mock).toHavePreSigned({ out_contract_code: 'A1', openid: user.openid, state: 'open' })

  await mock.user.signs({ service_id: 12535, out_contract_code: 'A1' })
  expect(shop.contracts.get('A1')).toBe(mock.contracts()[0]?.contract_id)
  expect(mock).toHaveContract({ out_contract_code: 'A1' })
  expect(mock).toHaveNotified({ status: 204, attempt: 1 })
})

it('a user who gives up has no contract', async ({ mock, shop }) => {
  await shop.offerContract('A1', user)
  await mock.user.abandons({ service_id: 12535, out_contract_code: 'A1' })
  expect(mock).not.toHaveNotified()
  expect(shop.contracts.size).toBe(0)
})

it('one 503 of WeChat Pay is retried, and the user does not notice it', async ({ mock, shop }) => {
  mock.faults.add({ operation: 'qsMiniProgramPreEntrustSign', name: '503', times: 1 })
  await shop.offerContract('A1', user)
  expect(mock.requests().map(({ status }) => status)).toEqual([503, 200])
})

it('a response that was changed on its way is rejected', async ({ mock, shop }) => {
  mock.faults.add({ operation: '*', name: 'tampered-body' })
  await expect(shop.offerContract('A1', user)).rejects.toMatchObject({ name: 'SignatureError' })
})

it('a genuine notification is accepted, one that is too old is rejected', async ({ shop }) => {
  const responseTo = async (ageSeconds: number) => {
    const notification = await generateTestNotification({
      ageSeconds,
      resource: { out_contract_code: 'B2' },
    })
    return (await shop.notify(new Request(notifyUrl, notification))).status
  }
  expect(await responseTo(301)).toBe(401)
  expect(shop.contracts.has('B2')).toBe(false)
  expect(await responseTo(0)).toBe(204)
  expect(shop.contracts.has('B2')).toBe(true)
})
