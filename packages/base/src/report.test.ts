import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RemedyError, setLanguage } from './remedy.ts'
import { createReport } from './report.ts'

const isFailure = ({ type }: { type: string }) => type.endsWith(':failed')
const lines: string[] = []

beforeEach(() => {
  lines.length = 0
  vi.useFakeTimers()
  vi.spyOn(console, 'error').mockImplementation((line) => {
    lines.push(String(line))
  })
})
afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  setLanguage(undefined)
})

class SignatureError extends Error {
  override readonly name = 'SignatureError'
  readonly code = 'mismatch'
}

test('without a listener a failure is one line on the console, and a success is none', () => {
  const report = createReport({ isFailure })
  report({ type: 'a:failed', error: new SignatureError('found x; expected y.') } as never)
  report({ type: 'a:accepted' })
  expect(lines).toEqual(['[wechatpay-entrust] a:failed mismatch: found x; expected y.'])
})

test('equal failures are counted in one line a minute, also when no other follows', () => {
  const report = createReport({ isFailure })
  const event: { type: string } = Object.assign(
    { type: 'b:failed' },
    { code: 'parsed-body', reason: 'x', other: undefined },
  )
  for (let at = 0; at < 100; at += 1) report(event)
  expect(lines).toHaveLength(1)
  vi.advanceTimersByTime(59_000)
  expect(lines).toHaveLength(1)
  vi.advanceTimersByTime(1_000)
  expect(lines.slice(1)).toEqual([
    '[wechatpay-entrust] b:failed parsed-body (99 times in the last minute): reason x',
  ])
  report(Object.assign({ ...event }, { code: 'another' }))
  expect(lines).toHaveLength(3)
})

test('a listener gets every event, and then the console stays empty', () => {
  const events: unknown[] = []
  const report = createReport({ isFailure, onEvent: (event) => events.push(event) })
  report({ type: 'c:failed' })
  report({ type: 'c:accepted' })
  createReport({ isFailure, onEvent: () => {} })({ type: 'c:failed' })
  expect(events).toHaveLength(2)
  expect(lines).toEqual([])
})

test('of a foreign error the console shows name, code and place, but not the message (T-26)', () => {
  const report = createReport({ isFailure })
  const cause = Object.assign(new RangeError('openid canary'), { code: 'E_ROW' })
  const error = new SignatureError('the handler threw', { cause })
  report({ type: 'd:failed', error } as never)
  report({ type: 'e:failed', error: 'canary' } as never)
  report({
    type: 'f:failed',
    error: Object.assign(new Error('canary'), { stack: 'canary' }),
  } as never)
  expect(lines[0]).toMatch(/the handler threw; cause: RangeError E_ROW at .*report\.test\.ts/)
  expect(lines[1]).toContain('a value of type string was thrown')
  expect(lines[2]).toContain('Error no stack')
  expect(lines.join('')).not.toContain('canary')
})

test('where Chinese is chosen the remedies follow the line, each on a line of its own', () => {
  class ConfigurationError extends RemedyError {
    override readonly name = 'ConfigurationError'
  }
  const cause = new ConfigurationError('x: found 1; expected 2. Do so.', {
    en: 'Do so.',
    zh: '请改正。',
  })
  const error = new ConfigurationError('y: found 3. Look.', { en: 'Look.', zh: '请检查。' }, cause)
  setLanguage('zh')
  const expected =
    'y: found 3.; cause: x: found 1; expected 2.\n处理办法：请检查。\n处理办法：请改正。'
  createReport({ isFailure })({ type: 'h:failed', error } as never)
  createReport({ isFailure, debug: true })({ type: 'h:failed', error, attempt: 1 } as never)
  expect(lines).toEqual([
    `[wechatpay-entrust] h:failed ConfigurationError: ${expected}`,
    `[wechatpay-entrust] h:failed attempt=1 error=${expected}`,
  ])
})

test('the table of failures does not grow without limit', () => {
  const report = createReport({ isFailure })
  for (let at = 0; at < 1_000; at += 1) report({ type: 'g:failed', code: `X${at}` } as never)
  expect(lines.filter((line) => line.includes('other failures'))).toHaveLength(1)
})

test.each([
  ['the option', true, ''],
  ['the environment', undefined, '1'],
])('debugging, by %s, is one line for each event', (_, debug, variable) => {
  vi.stubEnv('WECHATPAY_DEBUG', variable)
  const events: unknown[] = []
  const report = createReport({ isFailure, debug, onEvent: (event) => events.push(event) })
  const error = new SignatureError('found x.')
  report({ type: 'attempt', attempt: 1, durationMs: 12.345, willRetry: false, error } as never)
  expect(lines).toEqual([
    '[wechatpay-entrust] attempt attempt=1 durationMs=12.3 willRetry=false error=found x.',
  ])
  expect(events).toHaveLength(1)
})

test('debug: false overrides the environment', () => {
  vi.stubEnv('WECHATPAY_DEBUG', '1')
  createReport({ isFailure, debug: false })({ type: 'attempt' })
  expect(lines).toEqual([])
})
