import { expect, test } from 'vitest'
import { findImportProblems } from './import-rules.ts'
import { readImports, usesWord } from './read-imports.ts'

const entry = (path: string) => ({ '@wechatpay-entrust/source': path })

/** A workspace of two packages, with the given sources. */
function problemsOf({
  auth = {},
  mock = {},
}: {
  auth?: Record<string, string>
  mock?: Record<string, string>
}): string[] {
  const files = (folder: string, texts: Record<string, string>) =>
    new Map(Object.entries(texts).map(([path, text]) => [`${folder}/${path}`, text]))
  return findImportProblems([
    {
      folder: 'packages/auth',
      manifest: {
        name: '@wechatpay-entrust/auth',
        version: '0.0.0',
        exports: { '.': entry('./src/index.ts'), './platform': entry('./src/platform.ts') },
        imports: { '#crypto': {} },
      },
      files: files('packages/auth', { 'src/index.ts': '', 'src/platform.ts': '', ...auth }),
    },
    {
      folder: 'mocks',
      manifest: {
        name: '@wechatpay-entrust/mock',
        version: '0.0.0',
        exports: { '.': entry('./src/index.ts'), './node': entry('./src/node.ts') },
        dependencies: { '@wechatpay-entrust/auth': 'workspace:^' },
      },
      files: files('mocks', { 'src/index.ts': '', 'src/node.ts': '', ...mock }),
    },
  ])
}

test('imports are read in every form, and not from comments, strings, templates or regular expressions', () => {
  const source = `
    import 'a'
    import b, { type B } from "b"
    import * as c from 'c'
    import type { D } from 'd'
    import type from 'e'
    export { f } from 'f'
    export type { G } from 'g'
    export * from 'h'
    const i = await import('i'), j = require('j')
    type K = typeof import('k')
    import {
      l,
    } from 'l'
    // import 'no1'
    /* import 'no2' */
    /** @example import { x } from 'no3' */
    const text = "import 'no4'" + 'from \\'no5\\''
    const template = \`import 'no6' \${{ a: await import('m') }.a} import 'no7' \${1}\`
    const pattern = /['"\`/]import 'no8'/
    const half = 4 / 2; const other = "x" // ' /
    object.import('no9'); export const from = 'no10'
    const url = import.meta.url
    export default function o() {}
  `
  const read = readImports(source)
  expect(read.map(({ specifier }) => specifier).join('')).toBe('abcdefghijklm')
  expect(read.filter(({ typeOnly }) => typeOnly).map(({ specifier }) => specifier)).toEqual(['d', 'g', 'k'])
  expect(read[0]?.line).toBe(2)
})

test('a word counts in code only', () => {
  expect(usesWord('// crypto.subtle', 'subtle')).toBe(false)
  expect(usesWord('crypto.subtle.sign()', 'subtle')).toBe(true)
})

test('a workspace that keeps the rules has no problems', () => {
  const problems = problemsOf({
    auth: {
      'src/index.ts': `export { sign } from './sign.ts'`,
      'src/sign.ts': `import { rsa } from '#crypto'`,
      'src/crypto/node.ts': `import { sign } from 'node:crypto'`,
    },
    mock: {
      'src/index.ts': `import { x } from '@wechatpay-entrust/auth/platform'`,
      'src/node.ts': `import { listen } from './server.ts'\nimport { x } from './index.ts'`,
      'src/server.ts': `import http from 'node:http'`,
      'bin/mock.mjs': `import '@wechatpay-entrust/mock/node'`,
    },
  })
  expect(problems).toEqual([])
})

test('an import against the direction of the table is refused', () => {
  expect(problemsOf({ auth: { 'src/index.ts': `import { createMock } from '@wechatpay-entrust/mock'` } })).toEqual([
    "packages/auth/src/index.ts:1: '@wechatpay-entrust/mock' may not be imported by @wechatpay-entrust/auth",
  ])
  expect(problemsOf({ auth: { 'src/index.ts': `import ky from 'ky'` } })[0]).toContain("'ky' may not be imported")
})

test('a way around the declared entries is refused', () => {
  expect(problemsOf({ mock: { 'src/index.ts': `import '../../packages/auth/src/index.ts'` } })[0]).toContain(
    'leaves its package',
  )
  expect(problemsOf({ mock: { 'src/index.ts': `import '@wechatpay-entrust/auth/src/sign.ts'` } })[0]).toContain(
    'may not be imported',
  )
  expect(problemsOf({ mock: { 'src/index.ts': `import '@wechatpay-entrust/auth/crypto'` } })[0]).toContain(
    'is not a declared entry',
  )
  expect(problemsOf({ mock: { 'src/index.ts': `import 'msw'` } })[0]).toContain('is not among the dependencies')
  expect(problemsOf({ auth: { 'src/index.ts': `import '#keys'` } })[0]).toContain('is not in the imports map')
  expect(problemsOf({ auth: { 'src/index.ts': `import './index.test.ts'` } })[0]).toContain(
    'is no source of this package',
  )
})

test('Node modules are refused where a portable entry reaches, even for types', () => {
  const problems = problemsOf({
    mock: {
      'src/index.ts': `import { a } from './shared.ts'`,
      'src/node.ts': `import { a } from './shared.ts'`,
      'src/shared.ts': `import type { Server } from 'node:http'`,
    },
  })
  expect(problems).toEqual([
    "mocks/src/shared.ts:1: 'node:http' is Node only, and this file is reached from a portable entry",
  ])
})

test('cryptography is refused outside of its folder', () => {
  expect(problemsOf({ auth: { 'src/index.ts': 'await crypto.subtle.sign()' } })[0]).toContain(
    'cryptography is called in',
  )
  expect(problemsOf({ mock: { 'src/node.ts': `import 'node:crypto'` } })[0]).toContain(
    'belongs in packages/auth/src/crypto/node.ts only',
  )
})

test('a cycle between files is refused, unless one link is only a type', () => {
  const cycle = (back: string) => ({ auth: { 'src/a.ts': `import { b } from './b.ts'`, 'src/b.ts': back } })
  expect(problemsOf(cycle(`import { a } from './a.ts'`))).toEqual([
    'import cycle: packages/auth/src/a.ts → packages/auth/src/b.ts → packages/auth/src/a.ts',
  ])
  expect(problemsOf(cycle(`import type { A } from './a.ts'`))).toEqual([])
})
