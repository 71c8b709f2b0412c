import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../workspace.ts'

const skipped = /(^|\/)(node_modules|dist|\.cache|\.git)(\/|$)/
const list = (pattern: string) =>
  globSync([pattern, pattern.replace('**/', '**/.*/')], {
    cwd: root,
    exclude: (name) => skipped.test(String(name)),
  })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !skipped.test(path))

/** All documents except release notes, which describe files as they were. */
const documents = list('**/*.md').filter(
  (path) => !/(^|\/)CHANGELOG\.md$|^\.changeset\//.test(path),
)
const names = new Set(list('**/*.*').map((path) => basename(path)))
const topFolders =
  /^(packages|mocks|scripts|spec|docs\/(guide|decisions)|examples|tests|\.changeset|\.ci)\//

/**
 * `scripts/TASK.ts` is a placeholder, two exist after an install or a heavy run, and codegen writes
 * the others.
 */
const notTracked = /(^|\/)[A-Z]+\.ts$|\/node_modules$|^tests\/HEAVY\.md$|^(index|types)\.d\.ts$/

/** A path relative to the root or to the document's folder; `*` matches any name. */
const pathExists = (document: string, path: string) =>
  [root, join(root, dirname(document))].some((from) =>
    path.includes('*') ? globSync(path, { cwd: from }).length > 0 : existsSync(join(from, path)),
  )

/**
 * Finds the names of missing files in a document: in links, in paths and file names in backticks,
 * and in the first words of a tree's lines.
 */
function findMissing(document: string, markdown: string): string[] {
  const trees = [...markdown.matchAll(/```text\n([\s\S]*?)```/g)].flatMap(([, tree = '']) =>
    tree.split('\n'),
  )
  const prose = markdown.replace(/^ *```[\s\S]*?^ *```/gm, '')
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) =>
    target.split('#', 1),
  )
  const quoted = [...prose.matchAll(/`([^`\n]+)`/g)].flatMap(([, text]) => text ?? [])
  const paths = [...quoted, ...trees.map((line) => line.split(' ', 1)[0] ?? '')].filter(
    (text) => /^[\w.@*/-]+$/.test(text) && !notTracked.test(text),
  )
  const missing = [
    ...links.filter(
      (link) =>
        link !== '' && !/^\w+:/.test(link) && !existsSync(join(root, dirname(document), link)),
    ),
    ...paths.filter((path) => topFolders.test(path) && !pathExists(document, path)),
    ...paths.filter((name) => /^[\w.-]+\.(ts|mjs|mustache|yaml)$/.test(name) && !names.has(name)),
  ]
  return [...new Set(missing)].map((path) => `${document}: ${path}`)
}

test('every file and folder that a document names exists', () => {
  expect(documents).toEqual(
    expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'packages/auth/README.md']),
  )
  expect(
    documents.flatMap((path) => findMissing(path, readFileSync(join(root, path), 'utf8'))),
  ).toEqual([])
})

test('a missing file is found in a link, a path, a bare file name and a line of the tree', () => {
  const markdown =
    '[x](none.md) [y](README.md#part) `spec/none.yaml` `none.ts` `spec/*.md`\n```text\nmocks/none/  no\n```\n'
  expect(findMissing('README.md', markdown)).toEqual(
    ['none.md', 'spec/none.yaml', 'mocks/none/', 'none.ts'].map((path) => `README.md: ${path}`),
  )
})

test('each link to a heading of README.md has its heading, in both languages', () => {
  for (const file of ['README.md', 'README.zh-CN.md']) {
    const markdown = readFileSync(join(root, file), 'utf8')
    const anchors = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s-]/gu, '')
        .replaceAll(' ', '-'),
    )
    const wanted = [...markdown.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor)
    expect(anchors).toEqual(expect.arrayContaining(wanted))
  }
})
