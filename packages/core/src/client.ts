import { readAnswer } from './answer.ts'
import { baseUrlExpected, findBaseUrlFault, isLoopbackUrl } from './base-url.ts'
import { type Chain, createChain } from './chain.ts'
import { deadlinePassed, longestTimeout } from './deadline.ts'
import { type CallContext, deadlineFailure, networkFailure } from './failure.ts'
import { bindOperations, type Operations, operationTable } from './generated/operations.ts'
import type { ApiAnswer, Call, CallOptions, OperationInfo } from './operation.ts'
import { checkRequest, type GivenArguments, personalValues } from './request-check.ts'
import { RequestError } from './request-error.ts'
import { checkTarget, fillPath, type ParameterValue, writeQuery } from './request-path.ts'
import { type ClientFetch, createTransport } from './transport.ts'

/** What `createClient` needs. */
export interface ClientOptions {
  /**
   * Signs each request and verifies each answer: `createSigningFetch` of `@wechatpay-entrust/auth`. A plain fetch does not
   * do, its answers are refused with `UNVERIFIED_ANSWER`.
   */
  readonly fetch: ClientFetch
  /** Scheme and host, without a path. Default: `https://api.mch.weixin.qq.com`. */
  readonly baseUrl?: string | undefined
  /** Deadline of a call in milliseconds, over connecting, headers and body. Default: 30 000. */
  readonly timeout?: number | undefined
  /** Whether to check arguments against the spec before sending. Default: true. */
  readonly checkRequests?: boolean | undefined
}

/** What an untyped request can carry. */
export interface UntypedRequest {
  /** Serialised once; the bytes that are signed are the bytes that are sent. */
  readonly json?: unknown
  readonly query?: { readonly [name: string]: ParameterValue | undefined } | undefined
  readonly signal?: AbortSignal | undefined
  /** Deadline in milliseconds. Default: the client's `timeout`. */
  readonly timeout?: number | undefined
}

/** Every operation of the spec, by its id and by its path, and `request` for the rest of APIv3. */
export interface Client extends Operations, Chain {
  /**
   * Calls any `/v3/…` path, signed and verified like an operation, but neither typed nor checked.
   *
   * @throws {ApiError} also {RequestError}, and the error classes of the `fetch` given
   *
   * @example
   * ```ts
   * import { createClient, type ClientFetch } from '@wechatpay-entrust/core'
   *
   * declare const fetch: ClientFetch
   * const { data } = await createClient({ fetch }).request('POST', '/v3/security/echo', { json: { echo_message: 'hello' } })
   * ```
   */
  request(method: string, path: string, init?: UntypedRequest): Promise<ApiAnswer<unknown>>
}

/**
 * Makes the typed client. Every call resolves to `{ data, response, requestId }`, where `data` was read from bytes whose
 * signature was verified, and rejects with `ApiError` (what came over the wire, or did not), `RequestError` (refused before
 * anything was sent), the `SignatureError` of the signing fetch, or `signal.reason`.
 *
 * @throws {TypeError} when an option is of no use
 *
 * @example
 * ```ts
 * import { createClient, type ClientFetch } from '@wechatpay-entrust/core'
 *
 * declare const fetch: ClientFetch // createSigningFetch({ … }) of @wechatpay-entrust/auth
 * const client = createClient({ fetch })
 * const { data } = await client.getContractByCode({ path: { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' } })
 * console.log(data.contract_state)
 * ```
 */
export function createClient(options: ClientOptions): Client {
  const { fetch, timeout: defaultTimeout = 30_000, checkRequests = true } = options
  if (typeof fetch !== 'function') {
    throw new TypeError(
      'createClient: `fetch` is required; give it what createSigningFetch of @wechatpay-entrust/auth makes',
    )
  }
  if (!isTimeout(defaultTimeout)) throw new TypeError(`createClient: \`timeout\` is to be ${timeoutSays}`)
  const origin = readOrigin(options.baseUrl ?? 'https://api.mch.weixin.qq.com')
  const allowLoopbackHttp = isLoopbackUrl(origin)
  const send = createTransport(fetch)

  const call = async (id: keyof typeof operationTable, given: GivenArguments = {}, callOptions: CallOptions = {}) => {
    const info: OperationInfo = operationTable[id]
    if (callOptions.checkRequest ?? checkRequests) checkRequest(id, given, { allowLoopbackHttp })
    const path = fillPath(info.path, given.path, id) + writeQuery(given.query, id)
    return exchange(path, given.json, { operation: id, method: info.method, info }, callOptions)
  }

  const request: Client['request'] = async (givenMethod, path, init = {}) => {
    const method = givenMethod.toUpperCase()
    const operation = `${method} ${path.split('?')[0]}`
    const query = writeQuery(init.query, operation)
    const target = path.includes('?') ? path + query.replace('?', '&') : path + query
    checkTarget({ method, path: target, hasBody: init.json !== undefined })
    return exchange(target, init.json, { operation, method, info: undefined }, init)
  }

  async function exchange(
    path: string,
    json: unknown,
    about: Pick<CallContext, 'operation' | 'method' | 'info'>,
    { signal, timeout = defaultTimeout }: Pick<CallOptions, 'signal' | 'timeout'>,
  ): Promise<ApiAnswer<unknown>> {
    if (!isTimeout(timeout)) {
      throw new RequestError(about.operation, [
        {
          code: 'invalid-timeout',
          location: 'options',
          field: 'timeout',
          expected: timeoutSays,
          found: String(timeout),
        },
      ])
    }
    const body = serialise(json, about.operation)
    const context: CallContext = {
      ...about,
      timeout,
      // Only an error's text needs them.
      get personal() {
        return personalValues(json)
      },
    }
    try {
      return await send({ method: about.method, url: origin + path, body, timeout, signal }, (response) =>
        readAnswer(response, context),
      )
    } catch (error) {
      if (error === deadlinePassed) throw deadlineFailure(context)
      if (isTyped(error)) throw error
      if (signal?.aborted) throw signal.reason
      throw networkFailure(error, context)
    }
  }

  return { ...createChain(call as Call), ...bindOperations(call as Call), request }
}

const timeoutSays = `a number of milliseconds above 0, at most ${longestTimeout}`

function isTimeout(value: number): boolean {
  return value > 0 && value <= longestTimeout
}

/** Errors of this project pass unchanged. Known by name, so that two copies of a package agree. */
function isTyped(error: unknown): boolean {
  return (
    error instanceof Error && ['ApiError', 'RequestError', 'SignatureError', 'ConfigurationError'].includes(error.name)
  )
}

function readOrigin(baseUrl: string): string {
  const fault = findBaseUrlFault(baseUrl)
  if (fault) throw new TypeError(`createClient: \`baseUrl\`: found ${fault}; expected ${baseUrlExpected}`)
  return new URL(baseUrl).origin
}

function serialise(json: unknown, operation: string): string | undefined {
  if (json === undefined) return undefined
  try {
    const text: string | undefined = JSON.stringify(json)
    if (text !== undefined) return text
  } catch {
    // A circular structure or a bigint; the engine's text may quote the value.
  }
  throw new RequestError(operation, [
    {
      code: 'not-serialisable',
      location: 'body',
      field: '',
      expected: 'a value that JSON can express',
      found: 'a circular structure, a bigint or a function',
    },
  ])
}
