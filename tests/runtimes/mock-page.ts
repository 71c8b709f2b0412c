// Builds mock-page/ with vite from the built packages, as a consumer would, and opens it in
// Chromium.
import { cp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { chromium } from 'playwright'
import { build, createLogger, preview } from 'vite'

const folder = join(import.meta.dirname, 'mock-page')
const outDir = join(import.meta.dirname, '../../.cache/runtimes/mock-page')
const problems: string[] = []

// A warning means a Node module in the bundle, or an import that cannot be resolved.
const logger = createLogger('warn')
for (const level of ['warn', 'error'] as const) logger[level] = (text) => problems.push(text)
const shared = {
  root: folder,
  configFile: false,
  logLevel: 'warn',
  customLogger: logger,
  build: { outDir, emptyOutDir: true },
} as const
await build({
  ...shared,
  build: { ...shared.build, target: 'esnext', chunkSizeWarningLimit: 10_000 },
})
// What `npx msw init public` does.
const workerScript = createRequire(import.meta.resolve('@wechatpay-entrust/mock')).resolve(
  'msw/mockServiceWorker.js',
)
await cp(workerScript, join(outDir, 'mockServiceWorker.js'))

const server = await preview({ ...shared, preview: { host: '127.0.0.1', port: 0 } })
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  const page = await browser.newPage()
  page.on('pageerror', (error) => problems.push(String(error)))
  const end = page.waitForEvent('console', {
    predicate: (message) => message.text().startsWith('the page '),
  })
  await page.goto(server.resolvedUrls?.local[0] ?? '')
  const lastLine = (await end).text()
  if (lastLine !== 'the page is done') problems.push(lastLine)
} finally {
  await browser.close()
  await server.close()
}
console.log(problems.length === 0 ? 'the mock works in a page' : problems.join('\n'))
process.exitCode = problems.length === 0 ? 0 : 1
