import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/workspace.ts'
import { applyPatch, findRowProblems, parseRow, readPending, readRows } from './rows.ts'
import { makeTable, readTable } from './security-table.ts'

const patch = { file: 'a.ts', find: 'if (old) throw late()', replace: '' }
const yaml = `
threat: x
from: N
defence: y
patches:
  - { without: it is rejected, file: a.ts, find: 'if (a) throw', replace: '', test: a.test.ts, fails: rejected (T-05) }
`

test('every row of the threat table has a patch or is pending, none is both, and each patch applies to the tree', () => {
  const rows = readRows()
  expect(findRowProblems(rows, readPending())).toEqual([])
  const patches = rows.flatMap((row) => row.patches)
  for (const one of patches)
    expect(() => applyPatch(readFileSync(join(root, one.file), 'utf8'), one)).not.toThrow()
  expect(patches.map((one) => one.test).filter((file) => !existsSync(join(root, file)))).toEqual([])
})

test('no row is pending: the list may only get shorter', () => {
  expect(readPending()).toEqual({})
})

test('the table in SECURITY.md is up to date with tests/threats/rows/ (npm run check:threats -- --write)', () => {
  expect(readTable()).toBe(makeTable(readRows()))
})

test('a row without a patch, a row that is patched and pending, and an unknown row are found', () => {
  const all = ['T-01', 'T-02', 'T-03']
  expect(
    findRowProblems([{ id: 'T-01' }, { id: 'T-09' }], { 'T-01': 'later', 'T-02': 'later' }, all),
  ).toEqual([
    'T-03 has neither a patch nor a place in pending.yaml',
    'T-01 has a patch: take it out of pending.yaml',
    'T-09 is not a row of the table',
  ])
})

test('a patch matches its place once, however the lines wrap, and its replacement is inserted literally', () => {
  expect(applyPatch('a\n  if (old)\n    throw late()\nb', patch)).toBe('a\n  \nb')
  expect(applyPatch('x', { file: 'a.ts', find: 'x', replace: '$& $1' })).toBe('$& $1')
})

test('a place that is missing, or occurs twice, is an error that names the file', () => {
  for (const text of ['if (young) throw late()', 'if (old) throw late()\nif (old) throw late()'])
    expect(() => applyPatch(text, patch)).toThrow(
      /^a\.ts has changed: .*if \(old\) throw late\(\)$/,
    )
})

test('a row that lacks a field, names no test with its id, or leaves the tree is rejected', () => {
  expect(parseRow('T-05', yaml)).toMatchObject({ id: 'T-05', patches: [{ find: 'if (a) throw' }] })
  expect(() => parseRow('T-05', yaml.replace('threat: x', ''))).toThrow('threat missing')
  expect(() => parseRow('T-05', yaml.replace(/ {2}- .*/, '[]'))).toThrow('patches')
  expect(() => parseRow('T-05', yaml.replace("find: 'if (a) throw', ", ''))).toThrow(
    'a patch without find',
  )
  expect(() => parseRow('T-06', yaml)).toThrow('must have the id in it')
  expect(() => parseRow('T-05', yaml.replace('file: a.ts', 'file: ../a.ts'))).toThrow(
    'outside of the tree',
  )
})
