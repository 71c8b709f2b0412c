// The code of the guide for other languages is code of tests/generators, which the long lane compiles
// and runs.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCodeBlocks } from '../checks/docs/docs.ts'
import { root } from '../workspace.ts'

const read = (file: string) => readFileSync(join(root, file), 'utf8')
const guides = ['docs/guide/other-languages.md', 'docs/guide/other-languages.zh-CN.md']
const extensions: Readonly<Record<string, string>> = {
  go: 'go',
  java: 'java',
  python: 'py',
  typescript: 'ts',
}

/** Without the indentation of the code around. */
const lines = (code: string) => code.split('\n').map((line) => line.trim())

test.each(guides)('the code of %s is compiled and run by tests/generators', (guide) => {
  const blocks = readCodeBlocks(read(guide)).filter(({ language }) => language in extensions)
  expect(blocks.map(({ language }) => language)).toEqual([
    ...['go', 'go', 'java', 'python', 'python', 'python', 'typescript'],
  ])
  for (const { language, line, code } of blocks) {
    const files = globSync(`tests/generators/**/*.${extensions[language]}`, {
      cwd: root,
      exclude: ['**/node_modules/**'],
    })
    const sources = files.map((file) => lines(read(file)).join('\n'))
    const isThere = sources.some((source) => source.includes(lines(code).join('\n')))
    expect(isThere, `${guide}:${line}`).toBe(true)
  }
})

test('both languages of the guide have the same code and the same commands', () => {
  const [english = [], chinese = []] = guides.map((guide) =>
    readCodeBlocks(read(guide))
      .filter(({ language }) => language !== 'csharp')
      .map(({ code }) => code.replace(/ +# .*$/gm, '')),
  )
  expect(chinese).toEqual(english)
})
