import { expect, test } from 'vitest'
import { findProblems, type Report, readReport } from './run.ts'

const mutant = (status: string, line: number, replacement: string) => ({
  mutatorName: 'ConditionalExpression',
  status,
  replacement,
  location: { start: { line, column: 5 }, end: { line, column: 10 } },
})
const report: Report = {
  files: {
    'a.ts': {
      source: 'if (a < b) c\nif (b < c) d\n',
      mutants: [
        mutant('Killed', 1, 'true'),
        mutant('Timeout', 1, 'false'),
        mutant('Survived', 2, 'true'),
        mutant('CompileError', 2, 'false'),
      ],
    },
  },
}
const survivor = {
  file: 'a.ts',
  mutator: 'ConditionalExpression',
  original: 'b < c',
  replacement: 'true',
}

test('a report is counted, and a survivor is named by its text', () => {
  expect(readReport('x', report)).toEqual({
    name: 'x',
    detected: 2,
    total: 3,
    survivors: [survivor],
  })
})

test('equal mutants of one file are numbered in the order of the source, so that each has its own reason', () => {
  const source = 'if (a < b) c\nif (a < b) d\n'
  const mutants = [mutant('Survived', 2, 'true'), mutant('Killed', 1, 'true')]
  const result = readReport('x', { files: { 'a.ts': { source, mutants } } })
  const second = { ...survivor, original: 'a < b', occurrence: 2 }
  expect(result.survivors).toEqual([second])
  const first = { ...second, occurrence: 1 }
  const both = { ...second, occurrence: [1, 2], reason: 'equivalent' }
  const high = { ...result, detected: 99, total: 100 }
  expect(findProblems([{ ...high, survivors: [first, second] }], [both])).toEqual([])
  expect(findProblems([high], [{ ...first, reason: 'equivalent' }])).toEqual([
    expect.stringContaining('no reason for'),
    expect.stringContaining('no longer survives'),
  ])
})

test('a low score, a survivor without a reason and a reason without a survivor are problems', () => {
  const result = { ...readReport('x', report), detected: 99, total: 100 }
  const reason = 'equivalent'
  expect(findProblems([result], [{ ...survivor, reason }])).toEqual([])
  expect(findProblems([result], [])).toEqual([expect.stringContaining('no reason for')])
  const gone = { ...survivor, replacement: 'false', reason }
  expect(findProblems([result], [{ ...survivor, reason }, gone])).toEqual([
    expect.stringContaining('no longer survives'),
  ])
  expect(findProblems([{ ...result, detected: 90 }], [{ ...survivor, reason }])).toEqual([
    'x: 90.0 %, below 95 %',
  ])
})
