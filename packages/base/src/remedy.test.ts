import { inspect } from 'node:util'
import { afterEach, expect, test, vi } from 'vitest'
import { chooseLanguage, explanationLines, findingOf, RemedyError, setLanguage } from './remedy.ts'

class SomeError extends RemedyError {
  override readonly name = 'SomeError'
}
const remedy = { en: 'Do this.', zh: '请这样做。' }

afterEach(() => {
  setLanguage(undefined)
  vi.unstubAllEnvs()
})

test('the remedy is a property in both languages, and the message keeps its language', () => {
  const error = new SomeError('found x. Do this.', remedy, new Error('cause'))
  setLanguage('zh')
  expect(error).toMatchObject({ message: 'found x. Do this.', remedy, cause: expect.any(Error) })
  expect(Object.keys(error)).not.toContain('remedy')
  expect(new SomeError('found x.', undefined).remedy).toBeUndefined()
})

test('inspect prints the Chinese remedy only where Chinese is chosen', () => {
  const error = new SomeError('found x. Do this.', remedy)
  expect(inspect(error)).not.toContain('请这样做')
  vi.stubEnv('WECHATPAY_LANGUAGE', 'zh')
  expect(inspect(error)).toMatch(/SomeError: found x[\s\S]*\n处理办法：请这样做。$/)
  expect(inspect({ error })).toContain('处理办法：请这样做。')
  setLanguage('en')
  expect(inspect(error)).not.toContain('请这样做')
  setLanguage('zh')
  expect(inspect(error)).not.toContain('Do this.')
  expect(inspect(new SomeError('x', undefined))).not.toContain('处理办法')
})

test('inspect prints the Chinese remedies of the causes too, each on a line of its own', () => {
  const cause = new SomeError('found y. Look.', { en: 'Look.', zh: '请检查。' })
  const error = new SomeError('found x. Do this.', remedy, new Error('between', { cause }))
  setLanguage('zh')
  expect(inspect(error)).toMatch(/\n处理办法：请这样做。\n处理办法：请检查。$/)
  expect(inspect(error)).not.toMatch(/Do this|Look/)
  Object.defineProperty(cause, 'cause', { value: error })
  expect(inspect(error).split('处理办法')).toHaveLength(1 + 2)
})

test.each([
  [['--language', 'zh'], {}, 'zh'],
  [['--language=zh'], { WECHATPAY_LANGUAGE: 'en' }, 'zh'],
  [['--language', 'en'], { LANG: 'zh_CN.UTF-8' }, 'en'],
  [['--language', 'fr'], { LANG: 'zh_CN.UTF-8' }, 'zh'],
  [[], { WECHATPAY_LANGUAGE: 'zh' }, 'zh'],
  [[], { WECHATPAY_LANGUAGE: 'en', LC_ALL: 'zh_CN.UTF-8' }, 'en'],
  [[], { LC_ALL: 'zh_TW' }, 'zh'],
  [[], { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
  [[], { LC_MESSAGES: 'zh_CN', LANG: 'en_US.UTF-8' }, 'zh'],
  [[], { LANG: 'zh_CN.UTF-8' }, 'zh'],
  [[], {}, 'en'],
] as const)('on a command line %j with %j is %s', (args, env, expected) => {
  expect(chooseLanguage(args, env)).toBe(expected)
})

test('the lines of an error are in the chosen language, and each line in one language', () => {
  const error = new SomeError('found x; expected y. Do this.', remedy)
  const several = new SomeError('2 problems:\n- one\n- two', remedy)
  const plain = new SomeError('found x.', undefined)
  expect(findingOf(error)).toBe('found x; expected y.')
  expect(findingOf(several)).toBe(several.message)
  expect(explanationLines(error)).toEqual(['found x; expected y. Do this.'])
  expect(explanationLines(several)).toEqual(['2 problems:', '- one', '- two', 'Do this.'])
  setLanguage('zh')
  expect(explanationLines(error)).toEqual(['found x; expected y.', '处理办法：请这样做。'])
  expect(explanationLines(several)).toEqual([
    '2 problems:',
    '- one',
    '- two',
    '处理办法：请这样做。',
  ])
  expect(explanationLines(plain)).toEqual(['found x.'])
})
