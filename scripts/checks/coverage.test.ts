import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../workspace.ts'
import { findUncovered, fullyCovered } from './coverage.ts'

test('a file with a branch that no test takes, and one that is missing, are reported', () => {
  const summary = Object.fromEntries(
    fullyCovered.slice(2).map((file) => [join('/x', file), { branches: { pct: 100 } }]),
  )
  const [first = ''] = fullyCovered
  summary[join('/x', first)] = { branches: { pct: 99.5 } }
  expect(findUncovered(summary, '/x')).toEqual([
    `${first}: 99.5 % of the branches; expected 100 %`,
    `${fullyCovered[1]}: 0 % of the branches; expected 100 %`,
  ])
})

test('every named file exists', () => {
  expect(fullyCovered.filter((file) => !existsSync(join(root, file)))).toEqual([])
})
