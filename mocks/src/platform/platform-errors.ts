import type { Remedy } from '@wechatpay-entrust/base'
import { MockStateError } from '../mock-state-error.ts'
import { Rejection } from '../requests/error-response.ts'

export const noThird: Remedy = {
  en: 'The mock has two certificates; mock.reset() starts again with the first.',
  zh: '模拟服务只有两张平台证书；mock.reset() 会恢复为第一张。',
}

export const conflict = (found: string, remedy: Remedy) =>
  new MockStateError('CONFLICT', {
    slot: 'certificate',
    found,
    expected: 'the step before this one',
    remedy,
  })

/** The body is from the official table; we have not seen a real one. */
export const noAuth = () =>
  new Rejection(
    403,
    { code: 'NO_AUTH', message: '商户暂无权限使用此功能' },
    'the permission was taken away on command',
  )

export const rateLimited = () =>
  new Rejection(
    429,
    { code: 'RATELIMIT_EXCEEDED', message: '请求频率超过限制，请降低频率后重试' },
    'more requests than the rate limit allows',
    { 'Retry-After': '1' },
  )

/** Users of accounts without a platform certificate report 404 or 500. */
export const notFound = () =>
  new Rejection(
    404,
    { code: 'RESOURCE_NOT_EXISTS', message: '无可用的平台证书' },
    'the merchant has the public key only',
  )
