import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { contractPath, send } from '../testing/by-hand.ts'
import { testInChromium } from '../testing/chromium.ts'
import { code, preSign } from '../testing/console-steps.ts'

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
