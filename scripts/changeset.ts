/**
 * npm run changeset: runs changesets through pnpm, because changesets calls pnpm itself. It asks
 * its questions on the terminal. After `version`, the version that the client sends in its
 * User-Agent is copied from its package.json.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installEnvironment } from './bootstrap/environment.mjs'
import { readManifest, root } from './workspace.ts'

const { CI: _, ...env } = installEnvironment(root, process.env)
const command = [
  '-y',
  readManifest('.').packageManager ?? 'pnpm',
  'exec',
  'changeset',
  ...process.argv.slice(2),
]
process.exitCode = spawnSync('npx', command, { cwd: root, env, stdio: 'inherit' }).status ?? 1

if (process.argv[2] === 'version' && process.exitCode === 0) {
  const file = join(root, 'packages/core/src/call/version.ts')
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text.replace(/(?<=version = )'[^']*'/, `'${readManifest('packages/core').version}'`),
  )
}
