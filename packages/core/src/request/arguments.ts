import { describeType, findUnknownName, isPlainObject } from '@wechatpay-entrust/base'
import { RequestError } from './request-error.ts'

/** Names of other libraries, and what they are called here. */
const otherNames: Readonly<Record<string, string | undefined>> = {
  data: 'json',
  body: 'json',
  payload: 'json',
  form: 'json',
  params: 'query',
  searchParams: 'query',
  retries: 'maxAttempts',
}

/**
 * Rejects arguments or options that are not an object, and members that do not exist: a mistyped
 * `json` would otherwise send a request without a body.
 *
 * @throws {RequestError} `wrong-type` | `unknown-member`
 */
export function requireMembers(
  operation: string,
  location: 'arguments' | 'options',
  given: unknown,
  known: readonly string[],
): void {
  const names = known.length === 0 ? 'no member' : known.join(', ')
  if (!isPlainObject(given)) {
    const found = describeType(given)
    const expected = `an object with ${names}`
    throw new RequestError(operation, [
      { code: 'wrong-type', location, field: '', expected, found },
    ])
  }
  const unknown = findUnknownName(given, known)
  if (unknown === undefined) return
  const other = otherNames[unknown.name]
  const meant = other !== undefined && known.includes(other) ? other : unknown.nearest
  const expected = meant === undefined ? names : `\`${meant}\`, if that is meant; known: ${names}`
  const found = 'a member that does not exist'
  throw new RequestError(operation, [
    { code: 'unknown-member', location, field: unknown.name, expected, found },
  ])
}
