import { expect } from 'vitest'
import { preSignBody, preSignPath, send } from '../testing/by-hand.ts'
import { testInChromium } from '../testing/chromium.ts'
import { code, preSign } from '../testing/console-steps.ts'
import { startReceiver } from '../testing/receiver.ts'

testInChromium(
  'the whole flow works by clicking, and the page updates by itself',
  async ({ server, open }) => {
    const receiver = await startReceiver([204])
    const page = await open()
    const click = (name: string) => page.getByRole('button', { name, exact: true }).click()
    const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click()
    const reported = (text: string) => page.getByRole('status').getByText(text).waitFor()
    try {
      await page.getByText('No request yet').waitFor()
      await preSign(server.baseUrl, { notify_url: receiver.url })
      await page.getByRole('link', { name: 'qsMiniProgramPreEntrustSign' }).waitFor()

      await go('Signing')
      await page.getByText(/^(1 h 59 min|2 h 0 min)$/).waitFor()
      await click(`Sign ${code}`)
      await reported(`${code} signed. The notification was answered 204.`)
      await page.getByText('SIGNED', { exact: true }).waitFor()

      await go('Notifications')
      await page.getByRole('link', { name: 'ENTRUST.SIGN' }).click()
      await page.getByText('"contract_state": "SIGNED"').waitFor()
      await click('Repeat')
      await reported('It was answered 204.')
      await click('Send SIGNTEST probe')
      await page.getByText('signature probe (签名探测流量)').waitFor()
      await page.getByLabel('Age in seconds').fill('400')
      await click('Send stale')
      await page.getByText('genuine signature, old timestamp').waitFor()
      const [, , probe, stale] = receiver.received.map(({ headers }) => headers)
      expect(probe?.get('Wechatpay-Signature')).toMatch(/^WECHATPAY\/SIGNTEST\//)
      expect(
        Number(probe?.get('Wechatpay-Timestamp')) - Number(stale?.get('Wechatpay-Timestamp')),
      ).toBeGreaterThan(390)
      await click('Hold new ones back')
      await page.getByText('new ones are held back', { exact: true }).waitFor()

      await go('Signing')
      await click(`Terminate ${code}`)
      await reported('The notification is held back.')
      await page.getByText('TERMINATED', { exact: true }).waitFor()
      await go('Notifications')
      await click('Release')
      await reported('Released.')
      expect(receiver.received).toHaveLength(5)
    } finally {
      await receiver.close()
    }
  },
)

testInChromium(
  'faults, clock and platform are controlled by their forms',
  async ({ server, open, complaints }) => {
    const { mock } = server
    const page = await open('#controls')
    const click = (name: string) => page.getByRole('button', { name, exact: true }).click()
    const panel = (name: string) => page.getByRole('region', { name })

    await panel('Faults').getByLabel('Fault').selectOption('503')
    await page.getByLabel('Retry-After in s').fill('2')
    await panel('Faults').getByLabel('Operation').selectOption('getCertificates')
    await click('Add fault')
    await page.getByText('1 × more, retry_after_seconds 2').waitFor()
    expect(mock.faults.list()).toEqual([
      { name: '503', operation: 'getCertificates', times: 1, retry_after_seconds: 2 },
    ])
    expect((await send(server.baseUrl, { target: '/v3/certificates' })).status).toBe(503)
    await page.getByText('1 × more, retry_after_seconds 2').waitFor({ state: 'detached' })
    await click('Add fault')
    await click('Remove 503 1')
    await page.getByText('503 removed.').waitFor()
    expect(mock.faults.list()).toEqual([])

    await preSign(server.baseUrl)
    await click('Freeze')
    await page.getByText('The clock stands still.').waitFor()
    await page.getByLabel('Seconds', { exact: true }).fill('7200')
    await click('Advance')
    await page.getByText('Advanced by 2 h 0 min.').waitFor()
    expect([mock.clock.frozen, mock.sessions()[0]?.state]).toEqual([true, 'expired'])

    await click('Retire old')
    await page.getByRole('alert').getByText('the old certificate, which still signs').waitFor()
    expect(complaints.splice(0)).toEqual([expect.stringContaining('409 (Conflict)')])
    await click('Rotate')
    await page.getByText('The next certificate signs now.').waitFor()
    await panel('Platform').getByLabel('Signed with').selectOption('share')
    await click('Set the key')
    await page.getByText('10 % with the public key').waitFor()
    await panel('Platform').getByLabel('Operation').selectOption('getContractByCode')
    await click('Forbid')
    await page.getByText('Forbidden: 403 NO_AUTH.').waitFor()
    await click('Limit')
    await page.getByText('10 in 1 s for each operation').waitFor()
    const { notification_key, forbidden, rate_limit } = mock.platform.state()
    expect([notification_key, forbidden, rate_limit]).toEqual([
      0.1,
      ['getContractByCode'],
      { requests: 10, seconds: 1 },
    ])
    await click('Lift')
    await page.getByText('No limit any more.').waitFor()
    expect(mock.platform.state().rate_limit).toBeNull()

    await page.getByText('Reset …').click()
    await click('Forget everything')
    await page.getByText('All forgotten').waitFor()
    expect([mock.requests(), mock.sessions()]).toEqual([[], []])
  },
)

testInChromium(
  'a rejected signature is shown with the text that was signed, with every line feed',
  async ({ server, open }) => {
    const body = JSON.stringify(preSignBody)
    const signedBody = body.replace('微信代扣用户', '\\u5fae\\u4fe1\\u4ee3\\u6263\\u7528\\u6237')
    await send(server.baseUrl, { method: 'POST', target: preSignPath, body, signedBody })
    const page = await open('#requests/1')
    const text = page
      .getByRole('region')
      .or(page.locator('section'))
      .filter({ hasText: 'Text to sign' })
      .first()
    await text
      .getByText('Another text was signed: the body with Chinese characters escaped')
      .waitFor()
    expect(await text.locator('del').allTextContents()).toEqual([
      '\\u5fae\\u4fe1\\u4ee3\\u6263\\u7528\\u6237',
    ])
    expect(await text.locator('ins').allTextContents()).toEqual(['微信代扣用户'])
    // Method, address, timestamp, nonce, and two for the body.
    expect(await text.getByText('↵', { exact: true }).count()).toBe(6)
    expect(await page.locator('.step.failed').allTextContents()).toEqual([
      expect.stringContaining('Signature'),
    ])
    expect(await page.locator('.step.passed').count()).toBe(4)
    expect(await page.locator('.step.not-reached').count()).toBe(6)
  },
)
