import { existsSync } from 'node:fs'

/** The system's Chromium, for checks that need a browser; `CHROMIUM` sets another path. */
export const chromiumPath: string | undefined = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path))

/** The reason to skip a check when there is no browser. */
export const chromiumMissing = 'Chromium is missing; on Debian: apt-get install chromium'
