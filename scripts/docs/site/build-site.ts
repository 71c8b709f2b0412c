import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { readIfExists } from '../../process/read-if-exists.ts'
import { root } from '../../workspace.ts'
import { sitePages } from './site-pages.ts'

/** The pages that VitePress reads, and the site that it builds from them. */
const siteSource = join(root, '.cache', 'site')
export const siteOutput = join(root, '.cache', 'site-dist')
const modules = join(root, 'docs', 'node_modules')
export const vitepress = join(modules, 'vitepress', 'bin', 'vitepress.js')
export const linkinator = join(modules, 'linkinator', 'build', 'src', 'cli.js')

/**
 * Writes all pages and the sidebar. Unchanged files are not written, so that a running dev server
 * reloads only what changed.
 */
export async function writeSite(folder = siteSource): Promise<void> {
  const { pages, sidebar } = await sitePages()
  const files = new Map([...pages, ['sidebar.json', `${JSON.stringify(sidebar, null, 2)}\n`]])
  for (const [file, text] of files) {
    const path = join(folder, file)
    mkdirSync(dirname(path), { recursive: true })
    if (readIfExists(path) !== text) writeFileSync(path, text)
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !files.has(relative(folder, path).replaceAll('\\', '/'))) rmSync(path)
  }
}
