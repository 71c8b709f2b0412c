import { existsSync } from 'node:fs'

/** The browser of the system, for checks that need one; `CHROMIUM` names another. */
export const chromiumPath: string | undefined = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path))

/** Why a check is skipped without it. */
export const chromiumMissing = 'Chromium is missing; on Debian: apt-get install chromium'
