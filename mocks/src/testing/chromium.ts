import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { type MockServer, startMockServer } from '../entries/node.ts'

const path = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((one) => one !== undefined && existsSync(one))
/** A public host name that an attacker has made resolve to this machine. */
export const reboundHost = 'rebound.example.com'
const args = [
  '--no-sandbox',
  '--disable-background-networking',
  `--host-resolver-rules=MAP ${reboundHost} 127.0.0.1`,
]

let browser: Promise<Browser> | undefined
afterAll(async () => (await browser)?.close())

export interface Console {
  readonly server: MockServer
  /** Errors of the pages; a test removes the expected ones. */
  readonly complaints: string[]
  /** Opens the console in a new page and waits until it is live. */
  open(hash?: string, options?: BrowserContextOptions): Promise<Page>
}

/**
 * Defines a test in a real Chromium with its own mock. Without Chromium it is skipped, and `npm
 * test` prints why. The test fails if a page logs an error or sends a request to another server.
 */
export function testInChromium(name: string, run: (console: Console) => Promise<void>): void {
  test(name, async ({ task, skip }) => {
    if (path === undefined) {
      Object.assign(task.meta, {
        skipReason: 'Chromium is missing; on Debian: apt-get install chromium',
      })
      return skip()
    }
    browser ??= chromium.launch({ executablePath: path, args })
    const server = await startMockServer()
    const complaints: string[] = []
    const pages: Page[] = []
    const open = async (hash = '', options: BrowserContextOptions = {}) => {
      const page = await (await browser)?.newPage(options)
      if (page === undefined) throw new Error('no browser')
      pages.push(page)
      page.on('pageerror', (error) => complaints.push(String(error.stack)))
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      page.on(
        'request',
        (request) => request.url().startsWith(server.baseUrl) || complaints.push(request.url()),
      )
      await page.goto(`${server.controlUrl}${hash}`)
      await page.getByText('live', { exact: true }).waitFor()
      return page
    }
    try {
      await run({ server, open, complaints })
      expect(complaints).toEqual([])
    } finally {
      for (const page of pages) await page.close()
      await server.close()
    }
  })
}
