import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { serveFolder } from './serve-site.ts'

/** Every page is inspected in both views, so each width and each theme is tested once. */
const views = [
  { name: 'desktop, light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'phone, dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

/** Inspected with navigation and footer, which are the same on all other pages. */
const fullPages = ['index.html', 'start.html', 'zh/index.html']

/**
 * Opens the pages of a built site in a real browser and returns the problems: errors on the
 * console, pages that are too wide, and violations that axe rates serious or critical.
 */
export async function inspectSite(
  executablePath: string,
  folder: string,
  files: readonly string[],
): Promise<string[]> {
  const server = await serveFolder(folder)
  // The sandbox does not work for root; without it is safe, because only our own pages are opened.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const problems = await Promise.all(
      views.map((view) => inspectView(browser, server.origin, files, view)),
    )
    return problems.flat()
  } finally {
    await browser.close()
    server.close()
  }
}

async function inspectView(
  browser: Browser,
  origin: string,
  files: readonly string[],
  { name, ...view }: (typeof views)[number],
): Promise<string[]> {
  const context = await browser.newContext({ ...view, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const problems: string[] = []
  let file = ''
  const addProblem = (problem: string) => problems.push(`${file} (${name}): ${problem}`)
  page.on(
    'console',
    (message) => ['error', 'warning'].includes(message.type()) && addProblem(message.text()),
  )
  page.on('pageerror', (error) => addProblem(error.message))
  page.on(
    'response',
    (response) =>
      response.status() >= 400 && addProblem(`${response.url()} returns ${response.status()}`),
  )
  page.on(
    'request',
    (request) => !isOurs(request.url(), origin) && addProblem(`requests ${request.url()}`),
  )
  for (file of files) {
    await page.goto(`${origin}/${file}`, { waitUntil: 'load' })
    await page.waitForFunction(
      () => '__VUE__' in globalThis || document.querySelector('#app')?.hasAttribute('data-v-app'),
    )
    for (const problem of await inspectPage(page, fullPages.includes(file) ? 'body' : '.VPContent'))
      addProblem(problem)
  }
  await context.close()
  return problems
}

const isOurs = (url: string, origin: string) =>
  url.startsWith(`${origin}/`) || url.startsWith('data:')

async function inspectPage(page: Page, part: string): Promise<string[]> {
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    (selector) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(selector, {
        resultTypes: ['violations'],
      }),
    part,
  )
  return [
    ...(tooWide > 0 ? [`is ${tooWide} pixels too wide`] : []),
    ...violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, help, nodes }) =>
        nodes.slice(0, 3).map(({ target }) => `${id}: ${help}, at ${target.join(' ')}`),
      ),
  ]
}
