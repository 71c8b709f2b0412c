import { defineConfig } from '@playwright/test'
import type { MockServerWorkerFixtures } from '@wechatpay-entrust/mock/playwright'

export default defineConfig<object, MockServerWorkerFixtures>({
  testMatch: '*.pw.ts',
  outputDir: 'node_modules/.cache/playwright',
  workers: 1,
  reporter: 'line',
  use: {
    // CHROMIUM: the path of the system's browser. Default: the browser that
    // `npx playwright install chromium` installs.
    launchOptions: {
      ...(process.env.CHROMIUM && { executablePath: process.env.CHROMIUM }),
      args: ['--no-sandbox'],
    },
  },
})
