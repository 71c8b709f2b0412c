import { isLoopbackUrl } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { findBaseUrlFault } from './base-url.ts'

test('loopback is 127.0.0.1, [::1] and localhost on any port, and no host that only looks like them', () => {
  const own = [
    'http://127.0.0.1:8080',
    'https://[::1]/',
    'http://localhost:1/n',
    'http://0x7f.1/',
    'http://LOCALHOST',
  ]
  expect(own.filter((url) => !isLoopbackUrl(url))).toEqual([])
  const others = [
    'http://localhost.evil.test/',
    'http://evil-localhost/',
    'http://127.0.0.1.evil.test/',
    'http://127.0.0.1@evil.test/',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://10.0.0.1/',
    '127.0.0.1',
    '',
  ]
  expect(others.filter(isLoopbackUrl)).toEqual([])
})

test('a base URL is https and a host; http is only for this machine', () => {
  for (const url of [
    'https://api.mch.weixin.qq.com',
    'https://a.test:8443/',
    'http://127.0.0.1:1',
    'http://[::1]:1/',
  ])
    expect(findBaseUrlFault(url), url).toBeUndefined()
  const faults: [unknown, string][] = [
    ['http://api.mch.weixin.qq.com', 'http to another machine'],
    ['http://localhost.evil.test', 'http to another machine'],
    ['ftp://127.0.0.1', 'another scheme'],
    ['https://a.test/v3', 'a path'],
    ['https://a.test/?b', 'a query'],
    ['https://u@a.test/', 'a user name'],
    ['a.test', 'no URL'],
    [5, 'a value of type number'],
  ]
  for (const [url, fault] of faults)
    expect(findBaseUrlFault(url as string), String(url)).toContain(fault)
})
