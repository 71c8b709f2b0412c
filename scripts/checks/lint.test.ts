import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tool } from '../process/run-command.ts'
import { publicPackages, root } from '../workspace.ts'

const digest = "export const digest = () => crypto.subtle.digest('SHA-256', new Uint8Array())"

/** The folder of a source, its text, and the lint rule that it breaks, if any. */
const planted: readonly (readonly [folder: string, source: string, rule: string | undefined])[] = [
  // The dependencies in package.json implement the import rules of
  // docs/decisions/0003-one-way-imports.md.
  [
    'packages/base/src',
    "export { createCredentials } from '@wechatpay-entrust/auth'",
    'noUndeclaredDependencies',
  ],
  [
    'packages/auth/src',
    "export { createClient } from '@wechatpay-entrust/core'",
    'noUndeclaredDependencies',
  ],
  [
    'packages/core/src',
    "export { toResponse } from '@wechatpay-entrust/notification'",
    'noUndeclaredDependencies',
  ],
  [
    'packages/notification/src',
    "export { reconcile } from '@wechatpay-entrust/inbox'",
    'noUndeclaredDependencies',
  ],
  [
    'packages/inbox/src',
    "export { createWeChatPay } from 'wechatpay-entrust'",
    'noUndeclaredDependencies',
  ],
  [
    'packages/sdk/src',
    "export { createMock } from '@wechatpay-entrust/mock'",
    'noUndeclaredDependencies',
  ],
  ['mocks/src', "export { createWeChatPay } from 'wechatpay-entrust'", 'noUndeclaredDependencies'],
  [
    'packages/sdk/src',
    "export { signMessage } from '@wechatpay-entrust/auth/platform'",
    'noRestrictedImports',
  ],
  [
    'packages/cli/src',
    "export { signMessage } from '@wechatpay-entrust/auth/platform'",
    'noRestrictedImports',
  ],
  ['packages/cli/src', "export { sign } from 'node:crypto'", 'noRestrictedImports'],
  ['packages/core/src', "export { connect } from 'node:net'", 'noRestrictedImports'],
  ['mocks/src/requests', "export { connect } from 'node:net'", 'noRestrictedImports'],
  ['mocks/src/server', "export { sign } from 'node:crypto'", 'noRestrictedImports'],
  ['packages/notification/src', digest, 'noRestrictedGlobals'],
  ['packages/auth/src/crypto', digest, undefined],
  ['packages/core/src', "export type { SignError } from '@wechatpay-entrust/auth'", undefined],
  ['mocks/src/server', "export { connect } from 'node:net'", undefined],
  ['mocks/src', "export { signMessage } from '@wechatpay-entrust/auth/platform'", undefined],
  ['packages/core/src/testing', "export { createMock } from '@wechatpay-entrust/mock'", undefined],
]
const copy = mkdtempSync(join(tmpdir(), 'import-rules-'))
const broken = new Map<string, string[]>()

beforeAll(() => {
  for (const file of [
    'biome.json',
    ...publicPackages().map(({ folder }) => `${folder}/package.json`),
  ]) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    copyFileSync(join(root, file), join(copy, file))
  }
  for (const [index, [folder, source]] of planted.entries()) {
    mkdirSync(join(copy, folder), { recursive: true })
    writeFileSync(join(copy, folder, `planted-${index}.ts`), `${source}\n`)
  }
  writeFileSync(
    join(copy, 'packages/core/src/circle-a.ts'),
    "export type { B } from './circle-b.ts'\nexport type A = 1\n",
  )
  writeFileSync(
    join(copy, 'packages/core/src/circle-b.ts'),
    "export type { A } from './circle-a.ts'\nexport type B = 1\n",
  )
  const { stdout } = spawnSync(
    tool('biome'),
    ['lint', '--reporter=github', '--max-diagnostics=none', '.'],
    {
      cwd: copy,
      encoding: 'utf8',
    },
  )
  for (const [, rule = '', name = ''] of stdout.matchAll(
    /title=lint\/\w+\/(no\w+).*?file=\S*?([\w-]+)\.ts/g,
  ))
    broken.set(name, [...(broken.get(name) ?? []), rule])
})
afterAll(() => rmSync(copy, { recursive: true }))

test.each(planted.map(([folder, source, rule], index) => [folder, source, rule, index] as const))(
  'in %s: %s breaks %s',
  (_folder, _source, rule, index) => {
    expect(broken.get(`planted-${index}`) ?? []).toEqual(rule === undefined ? [] : [rule])
  },
)

test('an import cycle fails, also when it consists of types only', () => {
  expect([broken.get('circle-a'), broken.get('circle-b')]).toEqual([
    ['noImportCycles'],
    ['noImportCycles'],
  ])
})
