import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { withLock } from '../bootstrap/lock.mjs'
import { readIfExists } from '../process/read-if-exists.ts'
import { runCommand } from '../process/run-command.ts'
import { root } from '../workspace.ts'
import { installAside } from './install-aside.ts'
import { packPackages } from './pack-packages.ts'

const unpacked = join(root, '.cache', 'packed')

/**
 * Installs an example as a user would: the packed packages, and the dependencies of its lockfile.
 * The tarballs are unpacked first, because a lockfile contains the checksum of a tarball, which
 * changes with each build, but no checksum of a folder.
 *
 * @returns undefined when it is installed, otherwise the reason why not
 * @throws Error when the packages do not build, or the lockfile does not match the manifest
 */
export async function installPacked(folder: string): Promise<string | undefined> {
  return installAside(folder, await unpackPackages())
}

/** Unpacks the tarballs and returns a hash of them. */
async function unpackPackages(): Promise<string> {
  const packed = await packPackages()
  const hash = createHash('sha256')
  for (const { tarball } of packed) hash.update(readFileSync(tarball))
  const stamp = hash.digest('hex')
  const stampFile = join(unpacked, '.stamp')
  return withLock(join(root, '.cache', 'packed.lock'), async () => {
    if (readIfExists(stampFile) === stamp) return stamp
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
