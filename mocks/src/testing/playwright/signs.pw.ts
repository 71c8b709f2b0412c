// Run by playwright.test.ts in Playwright's own runner; no browser is needed for it.
import { expect } from '@playwright/test'
import { test } from '@wechatpay-entrust/mock/playwright'

test.describe.configure({ mode: 'serial' })

for (const title of ['first', 'second']) {
  test(`each test finds the server reset: ${title}`, async ({ wechatpay, request }) => {
    expect(wechatpay.mock.faults.list()).toEqual([])
    wechatpay.mock.faults.add({ operation: '*', name: '503' })
    const answer = await request.get(`${wechatpay.controlUrl}/faults`)
    expect(await answer.json()).toEqual([{ operation: '*', name: '503' }])
  })
}
