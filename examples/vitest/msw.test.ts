// Through MSW: the shop uses the global fetch, as in production, and the mock is one of the
// handlers beside your own.
import { createMock } from '@wechatpay-entrust/mock'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { createShop } from './shop.ts'

const mock = createMock({ allowNotifyHosts: ['shop.test'] })
const shop = createShop(createWeChatPay(mock.merchant), 'https://shop.test/notify')

const network = setupServer(
  ...mock.handlers,
  http.post('https://shop.test/notify', ({ request }) => shop.notify(request)),
  http.get('https://elsewhere.test/v3/rates', () => HttpResponse.json({ CNY: 1 })),
)
beforeAll(() => network.listen({ onUnhandledFrame: 'error' }))
afterEach(() => mock.reset())
afterAll(() => network.close())

test('a contract is offered, signed and notified through MSW', async () => {
  const { extraData } = await shop.offerContract('M1', {
    name: '用户A',
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  })
  await mock.user.signs(extraData.pre_entrustweb_id ?? '')
  expect(shop.contracts.has('M1')).toBe(true)
})

test('a request to another host reaches your own handler', async () => {
  expect(await (await fetch('https://elsewhere.test/v3/rates')).json()).toEqual({ CNY: 1 })
})
