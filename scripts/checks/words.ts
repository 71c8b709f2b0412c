import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../process/run-command.ts'
import { root } from '../workspace.ts'
import { type Check, noProblems } from './check.ts'

/** Words that many readers have to look up, and the word to write instead. */
const plain: Readonly<Record<string, string>> = {
  mend: 'fix',
  anew: 'again',
  nought: 'zero',
  whoever: 'anyone who',
  misfit: 'violation',
  unfit: 'invalid',
}
const pattern = /\b(mend|anew|nought|whoever|misfit|unfit)(?:s|ed|ing)?\b/gi

/** Files that are not ours to word, and those that list the words. */
const excluded = [
  /^spec\/vectors\//,
  /pnpm-lock\.yaml$/,
  /^docs\/decisions\/0018-names\.md$/,
  /^scripts\/checks\/words(?:\.test)?\.ts$/,
]

/** One problem for each such word of a text. */
export function findHardWords(path: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(pattern)].map(([found, word = '']) => {
      const better = plain[word.toLowerCase()]
      return `${path}:${index + 1}: write "${better}" instead of "${found}"`
    }),
  )
}

export const words: Check = {
  name: 'words',
  holds: 'no word of the short list that readers have to look up',
  async run() {
    const { code, stdout, output } = await runCommand('git', [
      'grep',
      '-lIiE',
      'mend|anew|nought|whoever|misfit|unfit',
    ])
    if (code > 1)
      return { state: 'skipped', reason: `this is not a git checkout: ${output.trim()}` }
    const files = stdout
      .split('\n')
      .filter((path) => path !== '' && !excluded.some((one) => one.test(path)))
    return noProblems(
      files.flatMap((path) => findHardWords(path, readFileSync(join(root, path), 'utf8'))),
    )
  },
}
