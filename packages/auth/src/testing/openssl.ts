import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'

/** OpenSSL 3 as a second implementation. It runs in a folder shared by the tests of a file. */
export interface Openssl {
  (...args: string[]): SpawnSyncReturns<Buffer>
  /** The path of a file in that folder. */
  at(name: string): string
}

const found = spawnSync('openssl', ['version']).stdout?.toString().startsWith('OpenSSL 3') === true
const folder = mkdtempSync(join(tmpdir(), 'openssl-'))

/**
 * Defines a test against OpenSSL 3. Without OpenSSL 3 the test is skipped, and `npm test` prints
 * why.
 */
export function testWithOpenssl(
  name: string,
  run: (openssl: Openssl) => void | Promise<void>,
): void {
  const call = (...args: string[]) => spawnSync('openssl', args, { cwd: folder })
  const openssl: Openssl = Object.assign(call, { at: (file: string) => join(folder, file) })
  test(name, async ({ task, skip }) => {
    if (!found) {
      Object.assign(task.meta, {
        skipReason: 'OpenSSL 3 is missing; on Debian: apt-get install openssl',
      })
      skip()
    }
    await run(openssl)
  })
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))
