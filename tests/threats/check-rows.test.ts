import { expect, test } from 'vitest'
import { checkAllRows, judgePatched } from './check-rows.ts'
import type { Row } from './rows.ts'
import type { Bench, Seen } from './workspace-copy.ts'

const patch = {
  without: 'it is refused',
  file: 'a.ts',
  find: 'x',
  replace: '',
  test: 'a.test.ts',
  fails: 'refused (T-05)',
}
const row: Row = { id: 'T-05', threat: 't', from: 'N', defence: 'd', patches: [patch] }
const seen = (state: Seen['state'], more: Partial<Seen> = {}): Seen => ({
  name: 'a late one is refused (T-05)',
  state,
  byAssertion: state === 'failed',
  error: '',
  ...more,
})
const benchOf = (whole: Seen[][], patched: Seen[] | Error): Bench => ({
  run: async () => new Map([['a.test.ts', whole.shift() ?? []]]),
  runPatched: async () => {
    if (patched instanceof Error) throw patched
    return patched
  },
  close: async () => {},
})

test('a defence is held where its test fails by what it asserts', () => {
  expect(judgePatched(patch, [seen('failed'), seen('passed', { name: 'another' })])).toBeUndefined()
  expect(judgePatched(patch, [seen('passed'), seen('failed')])).toBeUndefined()
  expect(
    judgePatched({ ...patch, by: 'Test timed out' }, [
      seen('failed', { error: 'Test timed out in 5' }),
    ]),
  ).toBe(undefined)
})

test('a test that passes all the same, that is not there, or that breaks in another way holds nothing', () => {
  expect(judgePatched(patch, [seen('passed')])).toContain('nothing holds this defence')
  expect(judgePatched(patch, [seen('failed', { name: 'another' })])).toContain('has no test')
  const broken = seen('failed', { byAssertion: false, error: 'ReferenceError: x is not defined' })
  expect(judgePatched(patch, [broken])).toContain(
    'did not fail by an assertion, but with ReferenceError',
  )
  expect(judgePatched({ ...patch, by: 'Test timed out' }, [seen('failed')])).toContain(
    'did not fail with',
  )
})

test('each row is held between two runs with every defence in place', async () => {
  const { held, problems } = await checkAllRows(
    [row],
    benchOf([[seen('passed')], [seen('passed')]], [seen('failed')]),
  )
  expect(held).toEqual([{ id: 'T-05', patch, problem: undefined }])
  expect(problems).toEqual([])
})

test('a test that fails anyhow, before or after, is a problem, and so is a file that has moved on', async () => {
  const before = await checkAllRows([row], benchOf([[seen('failed')]], [seen('failed')]))
  expect(before.held).toEqual([])
  expect(before.problems).toEqual([expect.stringContaining('with every defence in place')])
  const after = await checkAllRows(
    [row],
    benchOf([[seen('passed')], [seen('failed')]], [seen('failed')]),
  )
  expect(after.problems).toEqual([expect.stringContaining('after all patches were undone')])
  const moved = await checkAllRows(
    [row],
    benchOf([[seen('passed')], [seen('passed')]], new Error('a.ts has moved on')),
  )
  expect(moved.problems).toEqual(['T-05, without "it is refused": a.ts has moved on'])
})
