import { existsSync } from 'node:fs'
import { installAside } from '../../packing/install-aside.ts'
import { runCommand } from '../../process/run-command.ts'
import { runExample } from '../../process/run-example.ts'
import type { Check } from '../check.ts'

const folder = 'examples/hsm-softhsm'
/** The paths of Debian, Fedora and Homebrew. */
const libraries = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
]

export const hsm: Check = {
  name: 'hsm',
  holds: 'the example signs with a key in SoftHSM through PKCS#11, and the mock accepts it',
  async run() {
    const library = libraries.find((path) => existsSync(path))
    const { code } = await runCommand('softhsm2-util', ['--version'])
    if (library === undefined || code !== 0)
      return { state: 'skipped', reason: 'SoftHSM is missing; on Debian: apt-get install softhsm2' }
    const problem = await installAside(folder)
    if (problem !== undefined)
      return {
        state: 'skipped',
        reason: `pkcs11js could not be compiled; it needs make, a C++ compiler, python3 and Node's headers: ${problem.slice(-400)}`,
      }
    return runExample(folder, 'pre-signed with a key in SoftHSM', ['--library', library])
  },
}
