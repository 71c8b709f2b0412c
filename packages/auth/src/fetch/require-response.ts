import { findResponseFault } from '@wechatpay-entrust/base'
import { ConfigurationError } from '../errors.ts'

/**
 * Checks what the `fetch` option returned.
 *
 * @throws ConfigurationError `not-a-response`
 */
export function requireResponse(returned: unknown): Response {
  const found = findResponseFault(returned)
  if (found === undefined) return returned as Response
  throw new ConfigurationError('not-a-response', {
    slot: 'fetch',
    found: `a function that returned ${found}`,
    expected: 'a function that returns a Response with an unread body, like globalThis.fetch',
    remedy: {
      en: 'Return the Response of fetch itself; read a clone of it if you log it. The request may have been carried out: query its result.',
      zh: '请原样返回 fetch 得到的 Response；如需记录日志，请读取其 clone()。请求可能已被处理，请先查询结果。',
    },
  })
}
