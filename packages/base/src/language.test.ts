import { expect, test } from 'vitest'
import { chooseLanguage } from './language.ts'

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
] as const)('%j with %j is %s', (args, env, expected) => {
  expect(chooseLanguage(args, env)).toBe(expected)
})
