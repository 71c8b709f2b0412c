import type { PlaywrightTestConfig } from '@playwright/test'

const config: PlaywrightTestConfig = {
  testDir: '.',
  testMatch: '*.pw.ts',
  outputDir: '../../../../.cache/playwright',
}

export default config
