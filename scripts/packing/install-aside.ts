import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { installEnvironment } from '../bootstrap/environment.mjs'
import { withLock } from '../bootstrap/lock.mjs'
import { runPnpm } from '../process/run-command.ts'
import { root } from '../workspace.ts'

const manifests = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']

/**
 * Installs a folder that is no part of the workspace, because what it needs is heavy or has to be
 * compiled and no other task should wait for it. It has a lockfile of its own, and is installed
 * again only when that, a manifest or `content` changed, which stands for what the lockfile does
 * not hold.
 *
 * @returns nothing when it is installed, else why not
 * @throws Error when the lockfile does not fit the manifest
 */
export async function installAside(folder: string, content = ''): Promise<string | undefined> {
  const cwd = join(root, folder)
  const stampFile = join(cwd, 'node_modules', '.aside-stamp')
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}${content}`)
  for (const name of manifests) hash.update(readFileSync(join(cwd, name)))
  const stamp = hash.digest('hex')
  const isInstalled = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
  if (isInstalled()) return undefined
  return withLock(join(root, '.cache', `aside-${basename(folder)}.lock`), async () => {
    if (isInstalled()) return undefined // by the one that held the lock
    const { code, output } = await runPnpm(['install', '--frozen-lockfile'], {
      cwd,
      env: installEnvironment(root, process.env),
    })
    // That is a mistake in the repository, and no lack of this machine's.
    if (/specifiers in the lockfile/i.test(output)) throw new Error(`${folder}: ${output.trim()}`)
    if (code !== 0) return output.trim()
    writeFileSync(stampFile, stamp)
    return undefined
  })
}
