import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { runCommand } from '../process/run-command.ts'
import { publicPackages, root } from '../workspace.ts'
import { type Check, noProblems } from './check.ts'

/** The packages that a changeset names, and its problems. */
export function readChangeset(
  file: string,
  text: string,
  known: readonly string[],
): { names: string[]; problems: string[] } {
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? []
  const bumps = Object.entries((parse(head ?? '') ?? {}) as Record<string, unknown>)
  const problems = bumps.flatMap(([name, bump]) => [
    ...(known.includes(name) ? [] : [`${file}: there is no public package ${name}`]),
    ...(['major', 'minor', 'patch'].includes(String(bump))
      ? []
      : [`${file}: ${name}: ${bump} is not major, minor or patch`]),
  ])
  if (bumps.length === 0 || !body?.trim()) problems.push(`${file}: names no package or has no text`)
  return { names: bumps.map(([name]) => name), problems }
}

/**
 * The public packages whose sources changed since the last release, or all of them before the
 * first.
 */
async function changedPackages(): Promise<string[]> {
  const packages = publicPackages()
  const changelogs = packages.map(({ folder }) => `${folder}/CHANGELOG.md`)
  const { stdout: pending } = await runCommand('git', [
    'status',
    '--porcelain',
    '--',
    ...changelogs,
  ])
  if (pending !== '') return [] // npm run version-packages has just run, and its commit will be the release
  const { stdout } = await runCommand('git', ['log', '-1', '--format=%H', '--', ...changelogs])
  const release = stdout.trim()
  if (release === '') return packages.map((p) => p.manifest.name)
  const { stdout: diff } = await runCommand('git', [
    'diff',
    '--name-only',
    release,
    '--',
    '*/src/*',
    ':!*.test.ts',
    ':!*.test-d.ts',
  ])
  const paths = diff.split('\n')
  return packages
    .filter((p) => paths.some((path) => path.startsWith(`${p.folder}/src/`)))
    .map((p) => p.manifest.name)
}

/** All packages have one version, so that a user never has to find out which versions fit. */
function findUnfixed(known: readonly string[]): string[] {
  const config = JSON.parse(readFileSync(join(root, '.changeset/config.json'), 'utf8'))
  const fixed = new Set<string>(config.fixed.flat())
  return known
    .filter((name) => !fixed.has(name))
    .map((name) => `.changeset/config.json: \`fixed\` lacks ${name}`)
}

export const changeset: Check = {
  name: 'changeset',
  holds:
    'a package that changed since its release is named by a changeset (add one with: npm run changeset), and all have one version',
  async run() {
    const known = publicPackages().map((p) => p.manifest.name)
    const files = readdirSync(join(root, '.changeset')).filter(
      (name) => name.endsWith('.md') && name !== 'README.md',
    )
    const read = files.map((file) =>
      readChangeset(file, readFileSync(join(root, '.changeset', file), 'utf8'), known),
    )
    const named = new Set(read.flatMap(({ names }) => names))
    const missing = (await changedPackages()).filter((name) => !named.has(name))
    return noProblems([
      ...findUnfixed(known),
      ...read.flatMap(({ problems }) => problems),
      ...missing.map((name) => `${name} has changed: npm run changeset`),
    ])
  },
}
