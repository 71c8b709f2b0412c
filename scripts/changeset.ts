/**
 * npm run changeset: changesets, through pnpm, which it calls itself. It asks its questions on the
 * terminal. After `version`, the client's own version, which it sends as User-Agent, follows its
 * package.json.
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
