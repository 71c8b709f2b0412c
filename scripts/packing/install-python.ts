import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { installEnvironment } from '../bootstrap/environment.mjs'
import { withLock } from '../bootstrap/lock.mjs'
import { readIfExists } from '../process/read-if-exists.ts'
import { runCommand } from '../process/run-command.ts'
import { root } from '../workspace.ts'

export type Installed = { readonly python: string } | { readonly missing: string }

/**
 * Installs a requirements.txt with checksums into its own virtual environment in `.cache`, and again
 * only when the file changed. `missing` is the reason why that is not possible on this machine.
 */
export async function installPython(requirements: string): Promise<Installed> {
  const file = join(root, requirements)
  const folder = join(root, '.cache', 'python', basename(join(requirements, '../..')))
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const stampFile = join(folder, '.stamp')
  const stamp = createHash('sha256').update(readFileSync(file)).digest('hex')
  const isInstalled = () => readIfExists(stampFile) === stamp
  return withLock(`${folder}.lock`, async () => {
    if (isInstalled()) return { python }
    rmSync(folder, { recursive: true, force: true })
    const env = installEnvironment(root, process.env)
    const created = await runCommand('python3', ['-m', 'venv', folder], { env })
    if (created.code !== 0)
      return { missing: `no python3 with venv; on Debian: apt-get install python3-venv` }
    const options = [
      '--quiet',
      '--disable-pip-version-check',
      '--require-hashes',
      '--only-binary=:all:',
    ]
    const { code, output } = await runCommand(
      python,
      ['-m', 'pip', 'install', ...options, '-r', file],
      { env },
    )
    if (/THESE PACKAGES DO NOT MATCH THE HASHES/.test(output))
      throw new Error(`${requirements}: ${output.trim()}`)
    if (code !== 0)
      return { missing: `pip could not install ${requirements}: ${output.trim().slice(-400)}` }
    writeFileSync(stampFile, stamp)
    return { python }
  })
}
