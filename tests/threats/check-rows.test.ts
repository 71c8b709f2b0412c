import { expect, test } from 'vitest'
import { checkAllRows, findPatchProblem } from './check-rows.ts'
import type { Row } from './rows.ts'
import type { TestResult, WorkspaceCopy } from './workspace-copy.ts'

const patch = {
  without: 'it is rejected',
  file: 'a.ts',
  find: 'x',
  replace: '',
  test: 'a.test.ts',
  fails: 'rejected (T-05)',
}
const row: Row = { id: 'T-05', threat: 't', from: 'N', defence: 'd', patches: [patch] }
const result = (state: TestResult['state'], more: Partial<TestResult> = {}): TestResult => ({
  name: 'a late message is rejected (T-05)',
  state,
  byAssertion: state === 'failed',
  error: '',
  ...more,
})
const copyWith = (unpatched: TestResult[][], patched: TestResult[] | Error): WorkspaceCopy => ({
  run: async () => new Map([['a.test.ts', unpatched.shift() ?? []]]),
  runPatched: async () => {
    if (patched instanceof Error) throw patched
    return patched
  },
  close: async () => {},
})

test('a patch is noticed when its test fails by an assertion', () => {
  expect(
    findPatchProblem(patch, [result('failed'), result('passed', { name: 'another' })]),
  ).toBeUndefined()
  expect(findPatchProblem(patch, [result('passed'), result('failed')])).toBeUndefined()
  expect(
    findPatchProblem({ ...patch, by: 'Test timed out' }, [
      result('failed', { error: 'Test timed out in 5' }),
    ]),
  ).toBe(undefined)
})

test('a test that still passes, does not exist or breaks in another way is a problem', () => {
  expect(findPatchProblem(patch, [result('passed')])).toContain('no test notices')
  expect(findPatchProblem(patch, [result('failed', { name: 'another' })])).toContain('has no test')
  const broken = result('failed', { byAssertion: false, error: 'ReferenceError: x is not defined' })
  expect(findPatchProblem(patch, [broken])).toContain(
    'did not fail by an assertion, but with ReferenceError',
  )
  expect(findPatchProblem({ ...patch, by: 'Test timed out' }, [result('failed')])).toContain(
    'did not fail with',
  )
})

test('each patch runs between two runs with every defence in place', async () => {
  const { results, problems } = await checkAllRows(
    [row],
    copyWith([[result('passed')], [result('passed')]], [result('failed')]),
  )
  expect(results).toEqual([{ id: 'T-05', patch, problem: undefined }])
  expect(problems).toEqual([])
})

test('a test that fails without a patch, before or after, is a problem, and so is a file that has changed', async () => {
  const before = await checkAllRows([row], copyWith([[result('failed')]], [result('failed')]))
  expect(before.results).toEqual([])
  expect(before.problems).toEqual([expect.stringContaining('with every defence in place')])
  const after = await checkAllRows(
    [row],
    copyWith([[result('passed')], [result('failed')]], [result('failed')]),
  )
  expect(after.problems).toEqual([expect.stringContaining('after all patches were undone')])
  const changed = await checkAllRows(
    [row],
    copyWith([[result('passed')], [result('passed')]], new Error('a.ts has changed')),
  )
  expect(changed.problems).toEqual(['T-05, without "it is rejected": a.ts has changed'])
})
