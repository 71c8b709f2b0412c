import { expect, test } from 'vitest'
import { readChangeset } from './changeset.ts'
import { npmScripts, readCodeBlocks } from './docs/docs.ts'
import { findFileProblems } from './packaging.ts'
import { findForbidden } from './tracked.ts'

test('code blocks are found with their language and line, in lists and with longer fences too', () => {
  const markdown = [
    '# T',
    '```ts',
    'const a = 1',
    '```',
    '',
    '- item',
    '  ````sh',
    '  ```',
    '  npm test',
    '  ````',
  ].join('\n')
  expect(readCodeBlocks(markdown)).toEqual([
    { language: 'ts', line: 3, code: 'const a = 1' },
    { language: 'sh', line: 8, code: '  ```\n  npm test' },
  ])
})

test('the npm scripts of a shell block are found after options too', () => {
  const code =
    'npm run demo\nnpm run --silent mock -- --port 0\nnpm test && npm --prefix x install\nnpm run check generated'
  expect(npmScripts(code)).toEqual(['demo', 'mock', 'test', 'check'])
})

test('a registry host, a local path and the path of the checkout are found with their line', () => {
  const host = ['registry', 'example', 'org'].join('.')
  expect(findForbidden('a.md', `fine\nhttps://${host}/x`)).toEqual(['a.md:2: a registry host'])
  expect(findForbidden('a.md', `see /${'root'}/notes.md`)).toEqual(['a.md:1: a local path'])
  expect(findForbidden('a.md', 'in /checkout/x', '/checkout')).toEqual([
    'a.md:1: the path of this checkout',
  ])
  expect(findForbidden('pnpm-lock.yaml', 'resolution: {tarball: x}')[0]).toContain('by name only')
  expect(findForbidden('a.md', 'registry.ts and /v3/root/home/x are fine')).toEqual([])
})

test('a changeset must name public packages and valid kinds of change, and must have a text', () => {
  expect(readChangeset('a.md', `---\n'x': minor\n---\n\nNews.\n`, ['x'])).toEqual({
    names: ['x'],
    problems: [],
  })
  const { problems } = readChangeset('a.md', `---\n'y': big\n---\n`, ['x'])
  expect(problems).toEqual([
    'a.md: there is no public package y',
    'a.md: y: big is not major, minor or patch',
    'a.md: names no package or has no text',
  ])
})

test('T-39 a tarball with tests, with stray files, without its licence or partly built is rejected', () => {
  const good = [
    'LICENSE',
    'package.json',
    'dist/index.js',
    'dist/index.js.map',
    'dist/index.d.ts',
    'src/index.ts',
    'README.md',
  ]
  expect(findFileProblems('x', good)).toEqual([])
  const bad = [
    ...good.slice(1),
    'src/a.test.ts',
    'dist/x.tsbuildinfo',
    'dist/gone.js',
    'src/testing/keys.ts',
  ]
  expect(findFileProblems('x', bad)).toHaveLength(5)
  expect(findFileProblems('x', [...good, 'src/lost.ts'])).toHaveLength(2)
})
