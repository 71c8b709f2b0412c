import { expect, test } from 'vitest'
import { type Check, type Outcome, passed } from '../checks/check.ts'
import { createReport } from './test-report.ts'
import { summarize } from './vitest-summary.ts'

const check = (outcome: Outcome | Error): Check => ({
  name: 'part',
  holds: 'it holds',
  run: () => (outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome)),
})

async function reportOf(
  outcomes: readonly (Outcome | Error)[],
  requireAll = false,
  skipped: readonly string[] = [],
) {
  let text = ''
  const report = createReport({ requireAll, write: (part) => (text += part), now: () => 0 })
  for (const outcome of outcomes) await report.runCheck(check(outcome))
  if (skipped.length > 0)
    await report.runTests('vitest', async () => ({ passed: 2, failed: 0, skipped }))
  const exitCode = report.finish()
  return { text, exitCode, lastLine: text.trimEnd().split('\n').at(-1) }
}

const skip: Outcome = { state: 'skipped', reason: 'Java is missing\ninstall default-jre-headless' }

test('passed and failed checks are counted, and the output of a failed check is printed', async () => {
  const { text, exitCode, lastLine } = await reportOf([
    passed('3 files'),
    { state: 'failed', output: 'line one\nline two' },
  ])
  expect(lastLine).toBe('1 passed, 1 failed')
  expect(exitCode).toBe(1)
  expect(text).toContain('✓ part       it holds (3 files) · 0.0 s\n')
  expect(text).toContain('    line one\n    line two\n')
})

test('a check that throws has failed, and its error is printed', async () => {
  const { text, lastLine } = await reportOf([passed(), new Error('no such folder')])
  expect(text).toContain('no such folder')
  expect(lastLine).toBe('1 passed, 1 failed')
})

test('a run in which nothing passed is a failure', async () => {
  expect(await reportOf([])).toMatchObject({ exitCode: 1, lastLine: '0 passed, 0 failed' })
  expect(await reportOf([skip])).toMatchObject({ exitCode: 1, lastLine: '0 passed, 0 failed' })
})

test('a skip is printed before the last line with its reason, and fails only when everything is required', async () => {
  const { text, exitCode, lastLine } = await reportOf([passed(), skip])
  expect(text).toContain(
    '\nskipped: part (Java is missing install default-jre-headless)\n1 passed, 0 failed\n',
  )
  expect([exitCode, lastLine]).toEqual([0, '1 passed, 0 failed'])
  expect(await reportOf([passed(), skip], true)).toMatchObject({
    exitCode: 1,
    lastLine: '1 passed, 1 failed',
  })
})

test('a test that is marked as skipped is printed, and fails when everything is required', async () => {
  const { text, exitCode } = await reportOf([], false, ['a.test.ts: later (why)'])
  expect(text).toContain('skipped: a.test.ts: later (why)\n2 passed, 0 failed\n')
  expect(exitCode).toBe(0)
  expect(await reportOf([], true, ['a.test.ts: later (why)'])).toMatchObject({
    exitCode: 1,
    lastLine: '2 passed, 1 failed',
  })
})

const file = (status: string, ...statuses: string[]) => ({
  name: '/repo/a.test.ts',
  status,
  assertionResults: statuses.map((one) => ({ status: one, fullName: one })),
})

test('the tests of a vitest report are counted, and the skipped ones are named', () => {
  const summary = summarize(
    {
      testResults: [
        file('failed', 'passed', 'failed'),
        file('passed', 'passed', 'skipped', 'todo', 'pending'),
      ],
    },
    1,
  )
  expect(summary).toMatchObject({ passed: 2, failed: 1 })
  expect(summary.skipped.map((name) => name.split(': ')[1])).toEqual([
    'skipped (marked so in the test file; remove the mark)',
    'todo (marked so in the test file; remove the mark)',
    'pending (marked so in the test file; remove the mark)',
  ])
})

test('a skipped test is named with its reason, if it has one', () => {
  const assertionResults = [
    { status: 'skipped', fullName: 'on Redis', meta: { skipReason: 'no Redis; install it' } },
  ]
  const summary = summarize(
    { testResults: [{ name: '/repo/a.test.ts', status: 'passed', assertionResults }] },
    0,
  )
  expect(summary.skipped[0]).toMatch(/a\.test\.ts: on Redis \(no Redis; install it\)$/)
})

test('a file that cannot be loaded, an error outside of a test, and a run without a report are failures', () => {
  expect(summarize({ testResults: [file('failed'), file('passed', 'passed')] }, 1)).toMatchObject({
    passed: 1,
    failed: 1,
  })
  expect(summarize({ testResults: [file('passed', 'passed')] }, 1)).toMatchObject({
    passed: 1,
    failed: 1,
  })
  expect(summarize(undefined, 127)).toMatchObject({ passed: 0, failed: 1 })
})
