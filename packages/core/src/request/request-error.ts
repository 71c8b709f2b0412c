import { type Remedy, RemedyError } from '@wechatpay-entrust/base'
import type { ViolationCode } from '../schema/violations.ts'

/** Why a request was not sent. */
export type RequestErrorCode =
  | ViolationCode
  | 'unknown-member'
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
   * For `body`, `field` is a JSON Pointer (RFC 6901). Otherwise it is the name of the parameter, the
   * argument or the option.
   */
  readonly location: 'body' | 'path' | 'query' | 'arguments' | 'options'
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
export class RequestError extends RemedyError {
  override readonly name = 'RequestError'
  readonly code: RequestErrorCode
  /** The operation's id, or method and path of an untyped request. */
  readonly operation: string
  readonly location: RequestProblem['location']
  readonly field: string
  readonly problems: readonly RequestProblem[]

  constructor(operation: string, problems: readonly [RequestProblem, ...RequestProblem[]]) {
    const [first] = problems
    super(`${operation}: nothing was sent. ${list(problems)}`, remedyOf(problems))
    this.code = first.code
    this.operation = operation
    this.location = first.location
    this.field = first.field
    this.problems = problems
  }

  toJSON(): object {
    // Neither `message` nor `remedy` is enumerable, so the spread does not copy them.
    return { ...this, message: this.message, remedy: this.remedy }
  }
}

/** One line for each problem. */
function list(problems: readonly RequestProblem[]): string {
  const [first = '', ...others] = problems.map(sentence)
  return others.length === 0
    ? first
    : `${problems.length} problems:\n- ${[first, ...others].join('\n- ')}`
}

/** The texts of the problems say what to do in English; the remedy gives the Chinese. */
function remedyOf(problems: readonly RequestProblem[]): Remedy {
  const names = [...new Set(problems.map(({ location, field }) => nameOf(location, field)))].join(
    '、',
  )
  return {
    en: 'Correct the request as described; nothing was sent.',
    zh: `请求未发出。请修改以下参数后重新调用：${names}。`,
  }
}

function nameOf(location: string, field: string): string {
  return field === '' ? (location === 'body' ? 'json' : location) : field
}

function sentence({ location, field, expected, found }: RequestProblem): string {
  return `${location} ${field === '' ? '(whole)' : field}: found ${found}; expected ${expected}`
}
