import { expect, test } from 'vitest'
import { type Results, type Run, renderResults, replaceRows } from './results.ts'
import type { Line } from './table.ts'

const run = (command: string): Run => ({
  command,
  date: '2026-01-01',
  node: '24.0.0',
  cores: 2,
  load: 0.5,
})
const line = (target: string, what: string, faults: readonly string[] = []): Line => ({
  ...{ target, store: 'redis', what, seconds: 1, faults },
})
const whole = replaceRows({ rows: [] }, run('all'), [
  line('R12', '1000 kills'),
  line('R17', 'flood for 10 s', ['late']),
])
const told = ({ rows }: Results) =>
  rows.map(({ run, line }) => [run.command, line.target, line.what])

test('a repeated part replaces its own row in place, also when its size differs', () => {
  expect(told(replaceRows(whole, run('part'), [line('R12', '5 kills')]))).toEqual([
    ['part', 'R12', '5 kills'],
    ['all', 'R17', 'flood for 10 s'],
  ])
  expect(told(replaceRows(whole, run('part'), [line('R18', '3 ids')])).at(-1)).toEqual([
    'part',
    'R18',
    '3 ids',
  ])
})

test('the page lists the rows of other runs, and every fault', () => {
  const page = renderResults(replaceRows(whole, run('part'), [line('R12', '1000 kills')]))
  expect(page).toContain('R17 redis: by `all`')
  expect(page).toContain('**Not as it must be:** R17 redis: flood for 10 s: late')
  const fixed = replaceRows(whole, run('part'), [line('R17', 'flood for 10 s')])
  expect(renderResults(fixed)).toContain('Every count that must be 0 is 0.')
})
