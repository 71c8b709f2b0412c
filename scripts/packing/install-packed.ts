import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { withLock } from '../bootstrap/lock.mjs'
import { runCommand } from '../process/run-command.ts'
import { root } from '../workspace.ts'
import { installAside } from './install-aside.ts'
import { packPackages } from './pack-packages.ts'

const unpacked = join(root, '.cache', 'packed')

/**
 * Installs an example as its user would: the packed packages, and beside them what its lockfile
 * holds. The tarballs are unpacked first, because a lockfile has the checksum of a tarball, which
 * each build changes, and none of a folder.
 *
 * @returns nothing when it is installed, else why not
 * @throws Error when the packages do not build, or the lockfile does not fit the manifest
 */
export async function installPacked(folder: string): Promise<string | undefined> {
  return installAside(folder, await unpackPackages())
}

/** Gives what tells this state of the packages from others. */
async function unpackPackages(): Promise<string> {
  const packed = await packPackages()
  const hash = createHash('sha256')
  for (const { tarball } of packed) hash.update(readFileSync(tarball))
  const stamp = hash.digest('hex')
  const stampFile = join(unpacked, '.stamp')
  return withLock(join(root, '.cache', 'packed.lock'), async () => {
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return stamp
    rmSync(unpacked, { recursive: true, force: true })
    for (const { tarball } of packed) {
      const folder = join(unpacked, basename(tarball, '.tgz'))
      mkdirSync(folder, { recursive: true })
      const { code, output } = await runCommand('tar', ['-xzf', tarball, '--strip-components=1'], {
        cwd: folder,
      })
      if (code !== 0) throw new Error(`tar of ${tarball}: ${output}`)
    }
    writeFileSync(stampFile, stamp)
    return stamp
  })
}
