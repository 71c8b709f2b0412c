import type { ViolationCode } from '../schema/violations.ts'

/** Why a request was not sent. */
export type RequestErrorCode =
  | ViolationCode
  | 'unknown-path-parameter'
  | 'unsafe-path-parameter'
  | 'invalid-method'
  | 'invalid-path'
  | 'unexpected-body'
  | 'not-serialisable'
  | 'invalid-timeout'
  | 'invalid-max-attempts'
  | 'invalid-expiry'

/** One problem of a request. */
export interface RequestProblem {
  readonly code: RequestErrorCode
  /**
   * For `body`, `field` is a JSON Pointer (RFC 6901). Otherwise it is the name of the parameter or
   * the option.
   */
  readonly location: 'body' | 'path' | 'query' | 'options'
  readonly field: string
  readonly expected: string
  readonly found: string
}

/**
 * A request that was rejected before anything was sent. `code`, `field` and `location` describe the
 * first problem, `problems` all of them. No text shows the value of a personal field.
 *
 * The field checks come from the spec and can be turned off (`checkRequests: false`, or
 * `checkRequest: false` for one call). The other checks always apply, for example that a path
 * parameter stays in its segment.
 */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly code: RequestErrorCode
  /** The operation's id, or method and path of an untyped request. */
  readonly operation: string
  readonly location: RequestProblem['location']
  readonly field: string
  readonly problems: readonly RequestProblem[]

  constructor(operation: string, problems: readonly [RequestProblem, ...RequestProblem[]]) {
    const [first] = problems
    super(`${operation}: nothing was sent. ${problems.map(sentence).join('; ')}`)
    this.code = first.code
    this.operation = operation
    this.location = first.location
    this.field = first.field
    this.problems = problems
  }

  toJSON(): object {
    // `message` is not enumerable, so the spread does not copy it.
    return { ...this, message: this.message }
  }
}

function sentence({ location, field, expected, found }: RequestProblem): string {
  return `${location} ${field === '' ? '(whole)' : field}: found ${found}; expected ${expected}`
}
