import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // The packages are above this folder.
  server: { fs: { allow: [fileURLToPath(new URL('../..', import.meta.url))] } },
  // vite would find these only when they are loaded, and then reload the page during the tests.
  optimizeDeps: {
    include: ['@wechatpay-entrust/auth > node-forge', '@wechatpay-entrust/auth > sm-crypto-v2'],
  },
  test: {
    include: ['browser.test.ts'],
    testTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
})
