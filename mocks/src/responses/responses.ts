import { describeValue, invalidValue } from '../arguments/require-values.ts'
import {
  matchPath,
  type PathTemplate,
  type PathTexts,
  parseTemplate,
  splitPath,
} from '../operations/path-template.ts'
import {
  type CustomResponse,
  type RespondHandler,
  type RespondMethod,
  type ResponseRule,
  requireMembers,
  requireResponse,
  requireRule,
} from './response-rule.ts'

/**
 * Gives a path a response of the test's own, instead of the mock's. The mock verifies the request's
 * signature and headers first, and signs the response; it does not check the arguments. The latest
 * response that fits a request is used; permissions, rate limit and faults come first. Returns a
 * function that removes it.
 *
 * @throws {ConfigurationError} for a response that the mock cannot give
 * @example
 * ```ts
 * import { createMock } from '@wechatpay-entrust/mock'
 *
 * const mock = createMock()
 * mock.respond('GET', '/v3/pay/transactions/id/{transaction_id}', ({ params }) => ({
 *   status: 200,
 *   body: { transaction_id: params.transaction_id, trade_state: 'SUCCESS' },
 * }))
 * mock.respond('POST', '/v3/pay/transactions/jsapi', { status: 429, body: { code: 'RATELIMIT_EXCEEDED', message: '…' } }, { times: 1 })
 * ```
 */
export type Respond = (
  method: RespondMethod,
  path: string,
  response: CustomResponse | RespondHandler,
  options?: RespondOptions,
) => () => void

export interface RespondOptions {
  /** How many requests it is for before it is removed. Default: all. */
  readonly times?: number
}

const optionNames: { readonly [Name in keyof Required<RespondOptions>]: true } = { times: true }

/** A response in the list. */
export interface ListedResponse extends ResponseRule {
  /** Null: a function makes the response. */
  readonly status: number | null
  readonly body?: unknown
}

/** A response that fits a request. */
export interface FoundResponse {
  readonly path: string
  readonly params: PathTexts
  readonly response: CustomResponse | RespondHandler
  /** Counts the request: which one it is, from 1. */
  take(): number
}

/** The responses that the test gave to paths. */
export interface Responses {
  readonly respond: Respond
  /** In the order in which they were given. */
  list(): ListedResponse[]
  find(method: string, path: string): FoundResponse | undefined
  clear(): void
}

interface Entry {
  readonly rule: ResponseRule
  readonly template: PathTemplate
  readonly response: CustomResponse | RespondHandler
  taken: number
}

export function createResponses(): Responses {
  let entries: Entry[] = []
  const remove = (entry: Entry) => {
    entries = entries.filter((one) => one !== entry)
  }
  return {
    respond(method, path, response, options = {}) {
      requireMembers(options as unknown, optionNames, 'options.', 'an object with times')
      const { times }: RespondOptions = options
      const rule = { method, path, ...(times !== undefined && { times }) }
      requireRule(rule)
      if (typeof response !== 'function') {
        if (response === undefined)
          throw invalidValue('response', describeValue(response), 'a function, or { status, body }')
        requireResponse(response)
      }
      const kept = typeof response === 'function' ? response : copy(response)
      const entry: Entry = { rule, template: parseTemplate(path), response: kept, taken: 0 }
      entries.push(entry)
      return () => remove(entry)
    },
    list: () =>
      entries.map(({ rule: { times, ...rule }, response, taken }) => ({
        ...rule,
        ...(typeof response === 'function'
          ? { status: null }
          : {
              status: response.status,
              ...(response.body !== undefined && { body: response.body }),
            }),
        ...(times !== undefined && { times: times - taken }),
      })),
    find(method, path) {
      const segments = splitPath(path)
      for (const entry of [...entries].reverse()) {
        const { rule, template, response } = entry
        const params = rule.method === method ? matchPath(template, segments) : undefined
        if (params === undefined) continue
        const take = () => {
          entry.taken += 1
          if (entry.taken >= (rule.times ?? Number.POSITIVE_INFINITY)) remove(entry)
          return entry.taken
        }
        return { path: rule.path, params, response, take }
      }
      return undefined
    },
    clear() {
      entries = []
    },
  }
}

/** What the test changes later does not change the response. */
const copy = ({ status, body, headers }: CustomResponse): CustomResponse => ({
  status,
  ...(body !== undefined && { body: JSON.parse(JSON.stringify(body)) }),
  ...(headers && { headers: { ...headers } }),
})
