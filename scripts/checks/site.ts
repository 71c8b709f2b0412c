import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { linkinator, siteOutput, vitepress, writeSite } from '../docs/build-site.ts'
import { inspectSite } from '../docs/inspect-site.ts'
import { installAside } from '../packing/install-aside.ts'
import { chromiumMissing, chromiumPath } from '../process/chromium.ts'
import { runCommand } from '../process/run-command.ts'
import { type Check, noProblems, type Outcome } from './check.ts'

const htmlFiles = () => globSync('**/*.html', { cwd: siteOutput }).sort()

/**
 * Attributes and rules by which a page would load something from elsewhere; a link to follow is
 * none.
 */
const loads =
  /<(?:script|img|iframe|source|link)\b[^>]*\b(?:src|href)="(?:https?:)?\/\/[^"]*"|url\((?:https?:)?\/\/[^)]*\)/g

export const site: Check = {
  name: 'site',
  holds:
    'the documentation site builds, every link and heading that it links to is there, and it loads nothing from elsewhere',
  async run() {
    const problem = await builtSite()
    if (problem !== undefined) return problem
    const { code, output } = await runCommand(process.execPath, [
      linkinator,
      siteOutput,
      ...['--recurse', '--check-fragments', '--check-css', '--verbosity', 'error'],
      // Other hosts may be out of reach, and are not ours to judge.
      ...['--skip', '^https?://(?!localhost|127\\.0\\.0\\.1)'],
    ])
    const pages = htmlFiles()
    const outside = [...pages, ...globSync('assets/*.css', { cwd: siteOutput })].flatMap((file) =>
      [...readFileSync(join(siteOutput, file), 'utf8').matchAll(loads)].map(
        ([found]) => `${file}: loads ${found}`,
      ),
    )
    return noProblems([...(code === 0 ? [] : [output]), ...outside], `${pages.length} pages`)
  },
}

export const browser: Check = {
  name: 'browser',
  holds:
    'in a browser, on a light desktop and a dark phone, no page of the site logs an error, is too wide, or fails axe',
  async run() {
    if (chromiumPath === undefined) return { state: 'skipped', reason: chromiumMissing }
    const problem = await builtSite()
    if (problem !== undefined) return problem
    const pages = htmlFiles().filter((file) => file !== '404.html')
    return noProblems(await inspectSite(chromiumPath, siteOutput, pages), `${pages.length} pages`)
  },
}

let building: Promise<Outcome | undefined> | undefined

/** Builds the site, once for all checks of it. An outcome says why it could not be. */
function builtSite(): Promise<Outcome | undefined> {
  building ??= build()
  return building
}

async function build(): Promise<Outcome | undefined> {
  const problem = await installAside('docs')
  if (problem !== undefined)
    return { state: 'skipped', reason: `VitePress could not be installed: ${problem.slice(-400)}` }
  await writeSite()
  const { code, output } = await runCommand(process.execPath, [vitepress, 'build', 'docs'])
  return code === 0 ? undefined : { state: 'failed', output }
}
