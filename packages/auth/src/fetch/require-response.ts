import { isRecord } from '@wechatpay-entrust/base'
import { ConfigurationError } from '../errors.ts'

/**
 * Checks what the `fetch` option returned. By shape: the Response of another realm or of a polyfill
 * is accepted if it has a web stream as its body.
 *
 * @throws ConfigurationError `not-a-response`
 */
export function requireResponse(returned: unknown): Response {
  const found = findFault(returned)
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

function findFault(returned: unknown): string | undefined {
  if (!isRecord(returned)) return describe(returned)
  const { type, status, headers, body, bodyUsed } = returned
  if (typeof status !== 'number') return 'an object without a `status`'
  if (status < 200 && type !== 'opaqueredirect') return `a response with status ${status}`
  if (!isRecord(headers) || typeof headers.get !== 'function' || !(Symbol.iterator in headers))
    return 'an object whose `headers` is not a Headers, as an axios response'
  if (body === undefined || body === null) return undefined
  if (isRecord(body) && typeof body.getReader === 'function') {
    return bodyUsed === true || body.locked === true
      ? 'a Response whose body was already read'
      : undefined
  }
  return isRecord(body) && typeof body.pipe === 'function'
    ? 'a response whose `body` is a Node.js stream, as node-fetch does'
    : `a response whose \`body\` is ${describe(body)}`
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
}
