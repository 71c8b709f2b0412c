import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { startMockServer } from '../entries/node.ts'
import { contractPath, preSignBody, preSignPath, send } from '../testing/by-hand.ts'
import { reboundHost, testInChromium } from '../testing/chromium.ts'
import { startReceiver } from '../testing/receiver.ts'

const code = preSignBody.out_contract_code

const preSign = (baseUrl: string, more: object = {}) =>
  send(baseUrl, {
    method: 'POST',
    target: preSignPath,
    body: JSON.stringify({ ...preSignBody, ...more }),
  })

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

/** Presses Tab until an element with this name has the focus; the focus must be visible. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let stops = 0; stops < 60; stops += 1) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(() => {
      const element = document.activeElement
      const { outlineStyle, outlineWidth } = getComputedStyle(element ?? document.body)
      const isSeen = outlineStyle !== 'none' && outlineWidth !== '0px'
      return {
        name: element?.getAttribute('aria-label') ?? element?.textContent ?? '',
        isSeen,
        tag: element?.tagName,
      }
    })
    if (found.tag !== 'BODY') expect(found.isSeen, `the focus on ${found.name} is seen`).toBe(true)
    if (found.name.startsWith(name)) return
  }
  throw new Error(`Tab does not come to ${name}`)
}

testInChromium(
  'the whole flow works with the keyboard, and the focus is never lost',
  async ({ server, open }) => {
    await preSign(server.baseUrl, { notify_url: 'http://127.0.0.1:1/' })
    await send(server.baseUrl, { target: contractPath, timestamp: 1_600_000_000 })
    const page = await open()
    const { keyboard } = page
    const focused = () =>
      page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName)

    await keyboard.press('Tab')
    expect(await focused()).toBe('skip')
    await keyboard.press('Enter')
    expect(await focused()).toBe('main')
    await tabTo(page, 'Rejected only')
    await keyboard.press('Tab')
    expect(await focused()).toBe('row-2')
    await keyboard.press('ArrowDown')
    expect(await focused()).toBe('row-1')
    await page.getByRole('heading', { name: 'qsMiniProgramPreEntrustSign' }).waitFor()
    await keyboard.press('ArrowUp')
    await keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'detail-title')
    await page.getByText('behind').waitFor()
    // Continue by Tab and open a step by Space.
    await tabTo(page, '✓')
    await keyboard.press('Space')
    await page.locator('main details[open]').waitFor()
    // With another row, the focus moves to its details.
    await page.evaluate(() => document.getElementById('row-1')?.focus())
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'qsMiniProgramPreEntrustSign' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.id === 'detail-title')
    await keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.id === 'row-1')
    await page.evaluate(() => document.getElementById('row-2')?.focus())
    await keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'detail-title')
    await keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.id === 'row-2')

    await page.evaluate(() => document.getElementById('skip')?.focus())
    await tabTo(page, 'Signing')
    await keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'title')
    for (const name of [`Sign ${code}`, `Terminate ${code}`]) {
      await tabTo(page, name)
      await keyboard.press('Enter')
      await page.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' })
      // The button is gone; its card has the focus.
      await page.waitForFunction(() => document.activeElement?.classList.contains('card'))
    }
    await page.evaluate(() => document.getElementById('skip')?.focus())
    await tabTo(page, 'Controls')
    await keyboard.press('Enter')
    await tabTo(page, '+ 15 s')
    await keyboard.press('Space')
    await page.getByText('Advanced by 15 s.').waitFor()
    expect(server.mock.deliveries().map(({ attempt }) => attempt)).toEqual([1, 1, 2, 2])
    expect(server.mock.contracts()[0]?.contract_state).toBe('TERMINATED')
  },
)

testInChromium(
  'data from untrusted senders is shown as text, and none of it is hidden',
  async ({ server, open, complaints }) => {
    const probe = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
    await preSign(server.baseUrl, {
      contract_display_account: '<b>x</b>',
      notify_url: 'http://127.0.0.1:1/<img/src=x>',
    })
    await send(server.baseUrl, {
      target: `/v3/${probe.replaceAll(' ', '%20')}`,
      headers: { 'X-Probe': probe },
    })
    await preSign(server.baseUrl, { out_contract_code: `${probe}\u202e\u200b\u0000` })
    server.mock.faults.add({
      operation: '*',
      name: 'redirect',
      location: probe.replaceAll(' ', '+'),
    })
    const page = await open()
    for (const place of [
      'requests',
      'requests/1',
      'requests/2',
      'requests/3',
      'signing',
      'notifications',
      'controls',
    ]) {
      await page.evaluate((hash) => location.assign(hash), `#${place}`)
      await page.waitForFunction(
        (view) => document.title.toLowerCase().startsWith(view),
        place.split('/')[0] ?? '',
      )
      if (place === 'requests/3') await page.getByText('U+202E').first().waitFor()
      if (place === 'requests/2') await page.getByText(probe).first().waitFor()
      if (place === 'signing') await page.getByText('<b>x</b>').first().waitFor()
      if (place === 'controls') await page.getByText('<script>document.title=1').first().waitFor()
      expect(await page.locator('main img, main b, main script, main iframe').count()).toBe(0)
      expect(await page.title()).toMatch(/WeChat Pay mock$/)
    }
    expect(await page.evaluate(() => document.body.textContent?.includes('\u202e'))).toBe(false)
    // Even an error in the page could not turn text into markup.
    const thrown = await page.evaluate(() => {
      try {
        document.body.innerHTML = '<p>'
        return 'nothing'
      } catch (error) {
        return (error as Error).name
      }
    })
    expect(thrown).toBe('TypeError')
    expect(complaints.splice(0)).toEqual([expect.stringContaining('TrustedHTML')])
  },
)

testInChromium(
  'a page shows that its mock has ended, and connects to the next one',
  async ({ server, open, complaints }) => {
    const page = await open()
    await server.close()
    await page.getByText('not connected').waitFor()
    const next = await startMockServer({ port: Number(new URL(server.baseUrl).port) })
    try {
      await page.getByText('live', { exact: true }).waitFor()
      await preSign(next.baseUrl)
      await page.getByRole('link', { name: 'qsMiniProgramPreEntrustSign' }).waitFor()
    } finally {
      await page.close()
      await next.close()
    }
    // The page may or may not have sent a request meanwhile, which then failed.
    complaints.length = 0
  },
)

testInChromium(
  'other pages in the same browser can neither control nor read the mock (T-32)',
  async ({ server, open }) => {
    await preSign(server.baseUrl)
    const page = await open()
    const other = createServer((_, response) =>
      response.setHeader('Content-Type', 'text/html').end('<p>other'),
    )
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
    const context = page.context()
    const attack = (address: string, path: string, method: string) =>
      fetch(address + path, {
        method,
        mode: 'no-cors',
        body: method === 'POST' ? '{}' : null,
      }).then(
        async (response) => `${response.type} ${response.status} ${await response.text()}`,
        () => 'failed',
      )
    const foreign = await context.browser()?.newPage()
    await foreign?.goto(`http://localhost:${(other.address() as AddressInfo).port}/`)
    const run = (path: string, method: string) =>
      foreign?.evaluate(
        ([source, address, where, how]) =>
          new Function(`return (${source})`)()(address, where, how),
        [String(attack), server.controlUrl, path, method] as const,
      )
    expect(await run('/reset', 'POST')).toBe('opaque 0 ')
    expect(await run('/requests', 'GET')).toBe('opaque 0 ')
    expect(
      await foreign
        ?.goto(`http://${reboundHost}:${new URL(server.baseUrl).port}/__mock`)
        .then((response) => response?.status()),
    ).toBe(403)
    await foreign?.close()
    other.close()
    expect(server.mock.sessions()).toHaveLength(1)
  },
)
