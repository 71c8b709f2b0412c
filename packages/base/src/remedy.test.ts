import { inspect } from 'node:util'
import { afterEach, expect, test, vi } from 'vitest'
import { RemedyError, setLanguage } from './remedy.ts'

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
  expect(inspect(new SomeError('x', undefined))).not.toContain('处理办法')
})
