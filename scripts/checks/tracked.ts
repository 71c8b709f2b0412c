import { join } from 'node:path'
import { readIfExists } from '../process/read-if-exists.ts'
import { runCommand } from '../process/run-command.ts'
import { root } from '../workspace.ts'
import { type Check, noProblems } from './check.ts'

/**
 * What a tracked file must not contain: this machine's package registry, and its local paths.
 */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\b(?:registry|repo\d?)\.[a-z0-9-]+(?:\.[a-z]+)*\.(?:org|com|net|cn|io)\b/i, 'a registry host'],
  [/(?<![\w./-])\/(?:root|home\/\w+|Users\/\w+)\/[\w.-]+/, 'a local path'],
]

/** The problems of one file's text. */
export function findForbidden(path: string, text: string, checkout = root): string[] {
  const problems = text.split('\n').flatMap((line, index) => {
    const at = `${path}:${index + 1}`
    const matches = forbidden
      .filter(([pattern]) => pattern.test(line))
      .map(([, what]) => `${at}: ${what}`)
    return line.includes(`${checkout}/`)
      ? [...matches, `${at}: the path of this checkout`]
      : matches
  })
  const lockfileAddress = /(?:^|\/)pnpm-lock\.yaml$/.test(path) && /https?:\/\/|tarball:/.test(text)
  return lockfileAddress
    ? [...problems, `${path}: contains an address; resolve packages by name only`]
    : problems
}

export const tracked: Check = {
  name: 'tracked',
  holds: 'no tracked file, the lockfile included, contains a registry host or a local path',
  async run() {
    const { code, stdout, output } = await runCommand('git', [
      'ls-files',
      '-z',
      '--cached',
      '--others',
      '--exclude-standard',
    ])
    if (code !== 0)
      return {
        state: 'skipped',
        reason: `this is not a git checkout: ${output.trim()}; clone it with git`,
      }
    const paths = stdout
      .split('\0')
      .filter((path) => path !== '' && !path.startsWith('spec/vectors/wycheproof/'))
    // A file may be deleted while the deletion is not committed yet.
    const problems = paths.flatMap((path) =>
      findForbidden(path, readIfExists(join(root, path)) ?? ''),
    )
    return noProblems(problems, `${paths.length} files`)
  },
}
