import { expect, test } from 'vitest'
import { type HeavyRow, renderHeavyResults, replaceRow } from './heavy-results.ts'

const row = (part: string, date: string): HeavyRow => ({
  part,
  holds: 'it holds | always',
  state: 'passed',
  note: '',
  date,
  node: '24.21.0',
  seconds: 3,
})

test('a part that runs again replaces only its own row', () => {
  const rows = [row('site', '2026-11-01'), row('kms', '2026-11-01')]
  expect(replaceRow(rows, row('kms', '2026-11-28')).map(({ part, date }) => [part, date])).toEqual([
    ['site', '2026-11-01'],
    ['kms', '2026-11-28'],
  ])
  expect(replaceRow(rows, row('hsm', '2026-11-28'))).toHaveLength(3)
})

test('the page has one line for each part with its date, and a | in a text does not break the table', () => {
  expect(renderHeavyResults([row('site', '2026-11-28')])).toContain(
    '| site | it holds \\| always | passed |  | 2026-11-28 | 24.21.0 | 3 s |',
  )
})
