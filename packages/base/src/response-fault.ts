import { describeType } from './describe-type.ts'
import { isRecord } from './json.ts'

/**
 * Why the value that a fetch function returned is no Response with an unread body; undefined if it
 * is one. By shape: the Response of another realm or of a polyfill is accepted if it has a web
 * stream as its body.
 */
export function findResponseFault(returned: unknown): string | undefined {
  if (!isRecord(returned)) return describeType(returned)
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
    : `a response whose \`body\` is ${describeType(body)}`
}
