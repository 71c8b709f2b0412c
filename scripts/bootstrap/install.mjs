import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runChild } from './chain.mjs'
import { installEnvironment } from './environment.mjs'
import { withLock } from './lock.mjs'

/**
 * Installs the workspace unless it is up to date with its manifests. Prints to stderr only.
 * @param {string} root
 */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return
  await withLock(join(root, '.cache', 'bootstrap.lock'), async () => {
    if (isInstalled(root)) return // another process did it while this one waited
    const first = !existsSync(join(root, 'node_modules'))
    process.stderr.write(
      first
        ? 'Setting up (first run, about 30 s) …\n'
        : 'Bringing the installed packages up to date …\n',
    )
    const pnpm = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager
    const { code, signal } = await runChild('npx', ['-y', pnpm, 'install', '--frozen-lockfile'], {
      cwd: root,
      env: installEnvironment(root, process.env),
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
      detached: process.platform !== 'win32',
    })
    if (code !== 0)
      throw new Error(
        `The set-up failed (npx ${pnpm} install: ${signal ?? `exit ${code}`}); the reason is above.`,
      )
    mkdirSync(join(root, 'node_modules'), { recursive: true })
    writeFileSync(stampFile(root), stampOf(readManifests(root)))
  })
}

/** @param {string} root */
function isInstalled(root) {
  return (
    existsSync(stampFile(root)) &&
    readFileSync(stampFile(root), 'utf8') === stampOf(readManifests(root))
  )
}

/** @param {string} root */
const stampFile = (root) => join(root, 'node_modules', '.bootstrap-stamp')

/**
 * One hash of everything that an install depends on.
 * @param {ReadonlyMap<string, string>} manifests text by path
 * @param {string} platform a checkout can be shared between machines, its node_modules cannot
 */
export function stampOf(manifests, platform = `${process.platform}-${process.arch}`) {
  const hash = createHash('sha256').update(`${platform}\n`)
  for (const [path, text] of [...manifests].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${path} ${text.length}\n${text}`)
  return hash.digest('hex')
}

/**
 * The lockfile, the workspace file and the package.json of every workspace package, by path.
 * @param {string} root
 */
export function readManifests(root) {
  const workspace = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
  const paths = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']
  for (const pattern of packagePatterns(workspace)) {
    if (!pattern.endsWith('/*')) paths.push(`${pattern}/package.json`)
    else {
      const folder = pattern.slice(0, -2)
      if (existsSync(join(root, folder)))
        paths.push(
          ...readdirSync(join(root, folder)).map((name) => `${folder}/${name}/package.json`),
        )
    }
  }
  return new Map(
    paths
      .filter((path) => existsSync(join(root, path)))
      .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  )
}

/**
 * Reads the `packages:` list of pnpm-workspace.yaml. No YAML parser is installed yet when this runs.
 * @param {string} yaml
 */
export function packagePatterns(yaml) {
  const block = /^packages:\n((?:[ \t]+- .*\n)*)/m.exec(yaml)?.[1] ?? ''
  return block.split('\n').flatMap((line) => /- *['"]?([^'"\s]+)/.exec(line)?.[1] ?? [])
}
