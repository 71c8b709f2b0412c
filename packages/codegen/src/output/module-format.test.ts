import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { moduleFormatOf } from './module-format.ts'

test.each([
  ['{ "type": "module" }', 'module'],
  ['{ "type": "commonjs" }', 'commonjs'],
  ['{}', 'commonjs'],
  ['{', 'commonjs'],
])('below a package.json with %s a .js file is %s', (text, format) => {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'package.json'), text)
  expect(moduleFormatOf(join(folder, 'not', 'there', 'yet'))).toBe(format)
})

test('without a package.json it is CommonJS', () => {
  expect(moduleFormatOf('/')).toBe('commonjs')
})
