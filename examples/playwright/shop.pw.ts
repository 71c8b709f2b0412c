// `wechatpay` is the standalone mock, started once for each worker and reset for each test. The
// shop gets its address.
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { expect } from '@playwright/test'
import { test as base } from '@wechatpay-entrust/mock/playwright'
import { createShop } from './shop.ts'

const test = base.extend<{ shopUrl: string }>({
  async shopUrl({ wechatpay }, use) {
    const read = (path: string) => readFileSync(path, 'utf8')
    const options = {
      mchid: wechatpay.mchid,
      serialNumber: wechatpay.merchantSerialNumber,
      privateKey: read(wechatpay.merchantPrivateKeyPath),
      apiV3Key: wechatpay.apiV3Key,
      publicKey: { id: wechatpay.publicKeyId, pem: read(wechatpay.publicKeyPath) },
      baseUrl: wechatpay.baseUrl,
    }
    const shop = createShop(options, () => url)
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
    await use(url)
    shop.closeAllConnections()
    shop.close()
  },
})

test('the page shows the contract once the user has signed in WeChat', async ({
  page,
  shopUrl,
  wechatpay,
}) => {
  await page.goto(shopUrl)
  await page.getByRole('button', { name: 'Pay without a password' }).click()
  await expect(page.getByRole('status')).toHaveText('Waiting for WeChat')

  await wechatpay.mock.user.signs({ service_id: 12535, out_contract_code: 'SHOP1' })
  await expect(page.getByRole('status')).toHaveText('Contract signed')
  expect(wechatpay.mock.deliveries()).toMatchObject([{ status: 204, attempt: 1 }])
})

test('a forged notification changes nothing on the page', async ({ page, shopUrl, wechatpay }) => {
  await page.goto(shopUrl)
  await page.getByRole('button').click()
  await expect(page.getByRole('status')).toHaveText('Waiting for WeChat')

  const forged = await page.request.post(`${shopUrl}/notify`, {
    data: { resource: { out_contract_code: 'SHOP1' } },
  })
  expect(forged.status()).toBe(401)
  await expect(page.getByRole('status')).toHaveText('Waiting for WeChat')
  expect(wechatpay.mock.contracts()).toEqual([])
})
