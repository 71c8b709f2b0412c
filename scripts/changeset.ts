/** npm run changeset: changesets, through pnpm, which it calls itself. It asks its questions on the terminal. */
import { spawnSync } from 'node:child_process'
import { installEnvironment } from './bootstrap/environment.mjs'
import { readManifest, root } from './workspace.ts'

const { CI: _, ...env } = installEnvironment(root, process.env)
const command = ['-y', readManifest('.').packageManager ?? 'pnpm', 'exec', 'changeset', ...process.argv.slice(2)]
process.exitCode = spawnSync('npx', command, { cwd: root, env, stdio: 'inherit' }).status ?? 1
