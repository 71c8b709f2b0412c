import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { linkinator, siteOutput, vitepress, writeSite } from '../../docs/site/build-site.ts'
import { inspectSite } from '../../docs/site/inspect-site.ts'
import { installAside } from '../../packing/install-aside.ts'
import { chromiumMissing, chromiumPath } from '../../process/chromium.ts'
import { runCommand } from '../../process/run-command.ts'
import { type Check, noProblems, type Outcome } from '../check.ts'

const htmlFiles = () => globSync('**/*.html', { cwd: siteOutput }).sort()

/**
 * HTML attributes and CSS rules that load something from another host; ordinary links do not.
 */
const externalLoad =
  /<(?:script|img|iframe|source|link)\b[^>]*\b(?:src|href)="(?:https?:)?\/\/[^"]*"|url\((?:https?:)?\/\/[^)]*\)/g

export const site: Check = {
  name: 'site',
  holds:
    'the documentation site builds, its links and anchors exist, and it loads nothing from another host',
  async run() {
    const problem = await buildSiteOnce()
    if (problem !== undefined) return problem
    const { code, output } = await runCommand(process.execPath, [
      linkinator,
      siteOutput,
      ...['--recurse', '--check-fragments', '--check-css', '--verbosity', 'error'],
      // Links to other hosts are skipped: the hosts may be unreachable.
      ...['--skip', '^https?://(?!localhost|127\\.0\\.0\\.1)'],
    ])
    const pages = htmlFiles()
    const outside = [...pages, ...globSync('assets/*.css', { cwd: siteOutput })].flatMap((file) =>
      [...readFileSync(join(siteOutput, file), 'utf8').matchAll(externalLoad)].map(
        ([found]) => `${file}: loads ${found}`,
      ),
    )
    return noProblems([...(code === 0 ? [] : [output]), ...outside], `${pages.length} pages`)
  },
}

export const browser: Check = {
  name: 'browser',
  holds:
    'no page of the site logs an error, is too wide or fails axe in a browser (light desktop, dark phone)',
  async run() {
    if (chromiumPath === undefined) return { state: 'skipped', reason: chromiumMissing }
    const problem = await buildSiteOnce()
    if (problem !== undefined) return problem
    const pages = htmlFiles().filter((file) => file !== '404.html')
    return noProblems(await inspectSite(chromiumPath, siteOutput, pages), `${pages.length} pages`)
  },
}

let building: Promise<Outcome | undefined> | undefined

/** Builds the site once for all checks. Resolves with an outcome when that was not possible. */
function buildSiteOnce(): Promise<Outcome | undefined> {
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
