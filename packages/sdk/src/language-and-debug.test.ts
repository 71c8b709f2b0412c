import { inspect } from 'node:util'
import { setLanguage } from '@wechatpay-entrust/base'
import { createMock } from '@wechatpay-entrust/mock'
import { afterEach, expect, test, vi } from 'vitest'
import { createWeChatPay, type WeChatPayOptions } from './index.ts'

const mock = createMock()
const given = { ...mock.merchant, fetch: mock.fetch }

afterEach(() => {
  setLanguage(undefined)
  vi.restoreAllMocks()
})

const thrown = (options: object): unknown => {
  try {
    return createWeChatPay({ ...given, ...options } as WeChatPayOptions)
  } catch (error) {
    return error
  }
}

test("language: 'zh' prints the Chinese remedy after the English message", () => {
  createWeChatPay({ ...given, language: 'zh' })
  const error = thrown({ apiV3Key: '' })
  expect((error as Error).message).toContain('check that its environment variable is set')
  expect(inspect(error)).toContain('处理办法：值为空：请检查环境变量是否已设置。')
  createWeChatPay({ ...given, language: 'en' })
  expect(inspect(thrown({ apiV3Key: '' }))).not.toContain('处理办法')
})

test.each([
  [{ language: 'fr' }, 'language', 'a value of type string', "'en' or 'zh'"],
  [{ language: 1 }, 'language', '1', "'en' or 'zh'"],
  [{ debug: 'yes' }, 'debug', 'a value of type string', 'a boolean'],
])('%j: malformed-option', (options, slot, found, expected) => {
  expect(thrown(options)).toMatchObject({
    code: 'malformed-option',
    slot,
    message: `${slot}: found ${found}; expected ${expected}. Leave it out for the default.`,
    remedy: { zh: '使用默认值时请省略此项。' },
  })
})

test('debug: true writes a line for each attempt; by default nothing is written', async () => {
  const lines = vi.spyOn(console, 'error').mockImplementation(() => {})
  await createWeChatPay(given).v3.certificates.get()
  expect(lines).not.toHaveBeenCalled()
  await createWeChatPay({ ...given, debug: true }).v3.certificates.get()
  expect(lines).toHaveBeenCalledOnce()
  expect(lines.mock.calls[0]?.[0]).toMatch(/^\[wechatpay-entrust\] attempt /)
})
