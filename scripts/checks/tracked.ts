import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../process/run-command.ts'
import { root } from '../workspace.ts'
import { type Check, noProblems } from './check.ts'

/**
 * What no tracked file may hold: where this machine gets packages from, and where it keeps its
 * files.
 */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\b(?:registry|repo\d?)\.[a-z0-9-]+(?:\.[a-z]+)*\.(?:org|com|net|cn|io)\b/i, 'a registry host'],
  [/(?<![\w./-])\/(?:root|home\/\w+|Users\/\w+)\/[\w.-]+/, 'a path of one machine'],
]

/** The problems of one file's text. */
export function findForbidden(path: string, text: string, checkout = root): string[] {
  const problems = text.split('\n').flatMap((line, index) => {
    const at = `${path}:${index + 1}`
    const found = forbidden
      .filter(([pattern]) => pattern.test(line))
      .map(([, what]) => `${at}: ${what}`)
    return line.includes(`${checkout}/`) ? [...found, `${at}: the path of this checkout`] : found
  })
  const lockfileAddress = /(?:^|\/)pnpm-lock\.yaml$/.test(path) && /https?:\/\/|tarball:/.test(text)
  return lockfileAddress
    ? [...problems, `${path}: an address; packages are to be resolved by name only`]
    : problems
}

export const tracked: Check = {
  name: 'tracked',
  holds: 'no registry host and no path of one machine in the lockfile or any tracked file',
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
    const problems = paths.flatMap((path) => findForbidden(path, readIfThere(path)))
    return noProblems(problems, `${paths.length} files`)
  },
}

function readIfThere(path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return '' // deleted, not yet committed
  }
}
