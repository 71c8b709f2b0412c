import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { installEnvironment } from '../bootstrap/environment.mjs'
import { withLock } from '../bootstrap/lock.mjs'
import { readIfExists } from '../process/read-if-exists.ts'
import { runPnpm } from '../process/run-command.ts'
import { root } from '../workspace.ts'

const manifests = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']

/**
 * Installs a folder that is not part of the workspace, because its dependencies are large or have to
 * be compiled and no other task should wait for them. It has its own lockfile, and is installed
 * again only when the lockfile, a manifest or `content` changed; `content` identifies what the
 * lockfile does not describe.
 *
 * @returns undefined when it is installed, otherwise the reason why not
 * @throws Error when the lockfile does not match the manifest
 */
export async function installAside(folder: string, content = ''): Promise<string | undefined> {
  const cwd = join(root, folder)
  const stampFile = join(cwd, 'node_modules', '.aside-stamp')
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}${content}`)
  for (const name of manifests) hash.update(readFileSync(join(cwd, name)))
  const stamp = hash.digest('hex')
  const isInstalled = () => readIfExists(stampFile) === stamp
  if (isInstalled()) return undefined
  return withLock(join(root, '.cache', `aside-${basename(folder)}.lock`), async () => {
    if (isInstalled()) return undefined // another process did it while this one waited
    const { code, output } = await runPnpm(['install', '--frozen-lockfile'], {
      cwd,
      env: installEnvironment(root, process.env),
    })
    // This is a mistake in the repository, not a tool that this machine lacks.
    if (/specifiers in the lockfile/i.test(output)) throw new Error(`${folder}: ${output.trim()}`)
    if (code !== 0) return output.trim()
    writeFileSync(stampFile, stamp)
    return undefined
  })
}
