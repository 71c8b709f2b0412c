import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { startMockServer } from '../entries/node.ts'
import { send } from '../testing/by-hand.ts'
import { reboundHost, testInChromium } from '../testing/chromium.ts'
import { preSign } from '../testing/console-steps.ts'

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
