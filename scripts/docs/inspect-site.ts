import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { serveFolder } from './serve-site.ts'

/** Each page is looked at in both: each width and each theme once. */
const views = [
  { name: 'desktop, light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'phone, dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

/** Looked at with all around the content, which is the same on the others. */
const whole = ['index.html', 'start.html', 'zh/index.html']

/**
 * What is wrong with the pages of a built site in a real browser: errors on the console, width, and
 * what axe calls serious.
 */
export async function inspectSite(
  executablePath: string,
  folder: string,
  files: readonly string[],
): Promise<string[]> {
  const server = await serveFolder(folder)
  // Without the sandbox, which root has not: it opens our own pages only.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const found = await Promise.all(
      views.map((view) => inspectView(browser, server.origin, files, view)),
    )
    return found.flat()
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
  const say = (problem: string) => problems.push(`${file} (${name}): ${problem}`)
  page.on(
    'console',
    (message) => ['error', 'warning'].includes(message.type()) && say(message.text()),
  )
  page.on('pageerror', (error) => say(error.message))
  page.on(
    'response',
    (response) => response.status() >= 400 && say(`${response.url()} answers ${response.status()}`),
  )
  page.on('request', (request) => !isOurs(request.url(), origin) && say(`asks ${request.url()}`))
  for (file of files) {
    await page.goto(`${origin}/${file}`, { waitUntil: 'load' })
    await page.waitForFunction(
      () => '__VUE__' in globalThis || document.querySelector('#app')?.hasAttribute('data-v-app'),
    )
    for (const problem of await lookAt(page, whole.includes(file) ? 'body' : '.VPContent'))
      say(problem)
  }
  await context.close()
  return problems
}

const isOurs = (url: string, origin: string) =>
  url.startsWith(`${origin}/`) || url.startsWith('data:')

async function lookAt(page: Page, part: string): Promise<string[]> {
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
