import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { MockServer } from '../entries/node.ts'
import { preSignBody, preSignPath, send } from '../testing/by-hand.ts'
import { testInChromium } from '../testing/chromium.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const screens: [string, BrowserContextOptions][] = [
  ['a desktop in the light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['a desktop in the dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
  [
    'a phone in the light',
    { viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true },
  ],
  [
    'a phone in the dark',
    { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true },
  ],
]

/** One item of each kind, some with long texts. */
async function fill({ baseUrl, mock }: MockServer): Promise<string[]> {
  const long = 'x'.repeat(30)
  const preSign = (more: object, signedBody?: string) => {
    const body = JSON.stringify({
      ...preSignBody,
      notify_url: `http://127.0.0.1:1/${'y'.repeat(150)}`,
      ...more,
    })
    return send(baseUrl, {
      method: 'POST',
      target: preSignPath,
      body,
      signedBody: signedBody ?? body,
    })
  }
  for (const letter of ['a', 'b', 'c']) await preSign({ out_contract_code: letter + long })
  const [first, second] = mock.sessions()
  await mock.user.signs(first?.pre_entrustweb_id ?? '')
  await mock.user.abandons(second?.pre_entrustweb_id ?? '')
  await preSign({}, '')
  await send(baseUrl, { target: `/v3/${'z'.repeat(300)}`, timestamp: 1 })
  mock.faults.add({
    operation: 'serviceProviderPayRedirectSignPreEntrustSign',
    name: 'latency',
    times: 2,
    delay_ms: 5,
  })
  mock.faults.add({ operation: '*', name: 'compressed-bomb', probability: 0.1, seed: 3 })
  mock.platform.forbid('getCertificates')
  mock.platform.limitRate({ requests: 100, seconds: 1 })
  mock.clock.freeze()
  const [notification] = mock.notifications.list()
  return [
    'requests',
    'requests/1',
    'requests/4',
    'requests/5',
    'signing',
    `notifications/${notification?.notification_id}`,
    'controls',
  ]
}

interface AxeResult {
  violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run(),
  )
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  )
}

for (const [name, options] of screens)
  testInChromium(
    `every view on ${name} is accessible to axe, and no wider than the screen`,
    async ({ server, open }) => {
      const places = await fill(server)
      const page = await open('', options)
      await page.evaluate(axe)
      for (const place of places) {
        await page.evaluate((hash) => location.assign(hash), `#${place}`)
        if (place.includes('/'))
          await page
            .getByRole('article')
            .getByRole('heading', { name: /Verification|Attempts/ })
            .waitFor()
        for (const summary of await page.locator('main summary').all())
          if (await summary.isVisible()) await summary.click()
        const tooWide = await page.evaluate(() =>
          [
            document.documentElement,
            ...document.querySelectorAll('main, .pane, .detail, .card, .panel'),
          ]
            .filter((element) => element.scrollWidth > element.clientWidth + 1)
            .map(
              (element) =>
                `${element.tagName}.${element.className} ${element.scrollWidth} > ${element.clientWidth}`,
            ),
        )
        expect(tooWide, place).toEqual([])
        expect(await violations(page), place).toEqual([])
      }
      const ground = await page.evaluate(
        () => getComputedStyle(document.body).backgroundColor || '',
      )
      const root = await page.evaluate(
        () => getComputedStyle(document.documentElement).backgroundColor,
      )
      expect([ground, root].join()).toMatch(
        options.colorScheme === 'dark' ? /rgb\(17, / : /rgb\(244, /,
      )
    },
  )
