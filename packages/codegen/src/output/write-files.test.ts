import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { withHeader } from './header.ts'
import { compareFiles, writeFiles } from './write-files.ts'

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const files = {
  'index.ts': withHeader('export const spec = 1\n'),
  'types.d.ts': withHeader('export {}\n'),
}

test('writes the files into a new folder and leaves no other behind', async () => {
  const folder = join(emptyFolder(), 'src', 'wechatpay')
  expect(await compareFiles(folder, files)).toEqual({
    changed: ['index.ts', 'types.d.ts'],
    stale: [],
  })
  await writeFiles(folder, files)
  expect(readdirSync(folder)).toEqual(['index.ts', 'types.d.ts'])
  expect(readFileSync(join(folder, 'index.ts'), 'utf8')).toBe(files['index.ts'])
  expect(await compareFiles(folder, files)).toEqual({ changed: [], stale: [] })
})

test('a file that is up to date is not written again', async () => {
  const folder = emptyFolder()
  await writeFiles(folder, files)
  const before = statSync(join(folder, 'index.ts'))
  const changed = { ...files, 'types.d.ts': withHeader('export type A = 1\n') }
  expect(await writeFiles(folder, changed)).toEqual({ changed: ['types.d.ts'], stale: [] })
  expect(statSync(join(folder, 'index.ts')).ino).toBe(before.ino)
})

test('foreign-file: a file without the header is never overwritten, and no other is written', async () => {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'types.d.ts'), 'export type Mine = 1\n')
  await expect(writeFiles(folder, files)).rejects.toMatchObject({
    name: 'OutputError',
    code: 'foreign-file',
    message: `${join(folder, 'types.d.ts')}: found a file that codegen did not write; expected none, or one that begins with its header. Choose another folder with --out, or delete the file.`,
    remedy: { zh: '请用 --out 指定其他目录，或删除该文件。' },
  })
  expect(readdirSync(folder)).toEqual(['types.d.ts'])
})

test('the file of the other form goes, and only if it has the header', async () => {
  const folder = emptyFolder()
  await writeFiles(folder, files)
  writeFileSync(join(folder, 'index.js'), 'export const mine = 1\n')
  const js = { 'index.d.ts': withHeader(''), 'types.d.ts': files['types.d.ts'] }
  expect(await writeFiles(folder, js)).toEqual({ changed: ['index.d.ts'], stale: ['index.ts'] })
  expect(readdirSync(folder)).toEqual(['index.d.ts', 'index.js', 'types.d.ts'])
})

test('not-writable: a folder that is a file', async () => {
  const file = join(emptyFolder(), 'file')
  writeFileSync(file, '')
  await expect(writeFiles(join(file, 'out'), files)).rejects.toMatchObject({
    code: 'not-writable',
    message: expect.stringContaining('(ENOTDIR)'),
  })
  expect(readFileSync(file, 'utf8')).toBe('')
})
