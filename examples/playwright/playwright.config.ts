import { defineConfig } from '@playwright/test'
import type { MockServerWorkerFixtures } from '@wechatpay-entrust/mock/playwright'

export default defineConfig<object, MockServerWorkerFixtures>({
  testMatch: '*.pw.ts',
  outputDir: 'node_modules/.cache/playwright',
  workers: 1,
  reporter: 'line',
  use: {
    // The system's browser. Without CHROMIUM it is the one of `npx playwright install chromium`.
    launchOptions: {
      ...(process.env.CHROMIUM && { executablePath: process.env.CHROMIUM }),
      args: ['--no-sandbox'],
    },
  },
})
