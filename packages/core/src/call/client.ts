import type { CallContext } from '../errors/failure.ts'
import { bindOperations, type Operations, operationRoutes } from '../generated/operations.ts'
import type { Contract } from '../models.ts'
import { checkRequest, type GivenArguments } from '../request/request-check.ts'
import { RequestError } from '../request/request-error.ts'
import { checkTarget, fillPath, type ParameterValue, writeQuery } from '../request/request-path.ts'
import {
  baseUrlExpected,
  baseUrlsOf,
  findBaseUrlFault,
  type Hosts,
  isLoopbackUrl,
} from './base-url.ts'
import { type CallLimits, findLimitFault, requireLimits } from './call-limits.ts'
import { type Chain, createChain } from './chain.ts'
import type { ClientEvent } from './events.ts'
import { createExchange } from './exchange.ts'
import type { ApiResponse, Call, CallOptions, OperationId, OperationRoute } from './operation.ts'
import { defaultMaxAttempts } from './retry.ts'
import { type ClientFetch, createTransport } from './transport.ts'
import { type ContractWait, waitForContract } from './wait-for-contract.ts'

/** What `createClient` needs. */
export interface ClientOptions extends Hosts {
  /**
   * Signs each request and verifies each response: the result of `createSigningFetch` of
   * `@wechatpay-entrust/auth`. With a plain fetch every 2xx is rejected with `UNVERIFIED_RESPONSE`.
   */
  readonly fetch: ClientFetch
  /**
   * Deadline of a call in milliseconds, for all attempts, the pauses between them and the response
   * bodies. Default: 30 000.
   */
  readonly timeout?: number | undefined
  /** Attempts of a call, 1 to 5; 1 means no retry. Default: 3. */
  readonly maxAttempts?: number | undefined
  /** Whether to check arguments against the spec before sending. Default: true. */
  readonly checkRequests?: boolean | undefined
  /** Called after each attempt, for logs and metrics. What it throws is ignored. */
  readonly onEvent?: ((event: ClientEvent) => void) | undefined
  /** Milliseconds since the epoch, for a `Retry-After` that is a date. Default: `Date.now`. */
  readonly clock?: (() => number) | undefined
}

/** What an untyped request can carry. */
export interface UntypedRequest extends Omit<CallOptions, 'checkRequest'> {
  /** Serialised once: the same bytes are signed and sent. */
  readonly json?: unknown
  readonly query?: { readonly [name: string]: ParameterValue | undefined } | undefined
  /**
   * `safe`: repeating the request has no second effect, so a failed attempt may be retried.
   * `unsafe`: it is retried only if it was certainly never sent. Default: `safe` for a GET, `unsafe`
   * for everything else.
   */
  readonly retry?: 'safe' | 'unsafe' | undefined
}

/** Every operation of the spec, by its id and by its path, and `request` for the rest of APIv3. */
export interface Client extends Operations, Chain {
  /**
   * Calls any `/v3/…` path. It is signed and verified like an operation, but arguments and result
   * have no types and no checks.
   *
   * @throws {ApiError} also {RequestError}, and the error classes of the `fetch` option
   *
   * @example
   * ```ts
   * import { createClient, type ClientFetch } from '@wechatpay-entrust/core'
   *
   * declare const fetch: ClientFetch
   * const { data } = await createClient({ fetch }).request('POST', '/v3/security/echo', { json: { echo_message: 'hello' } })
   * ```
   */
  request(method: string, path: string, init?: UntypedRequest): Promise<ApiResponse<unknown>>
  /**
   * Queries a contract until the user has signed it, in case no notification comes. The first query
   * is sent at once, the second after 2 s; then the pauses grow to one minute. "Not found" means not
   * signed yet; temporary failures are retried.
   *
   * @returns the response with the contract, whose `contract_state` is `SIGNED` or `TERMINATED`;
   * `undefined` if it was not signed in time: the user gave up, or the session expired
   * @throws {ApiError} when WeChat Pay rejects the query, or when the last query failed, so that the
   * state is unknown; also {RequestError}, the error classes of the `fetch` option, and
   * `signal.reason`
   *
   * @example
   * ```ts
   * import { type Client, toMiniProgramLaunch } from '@wechatpay-entrust/core'
   *
   * declare const client: Client
   * declare const session: Parameters<typeof toMiniProgramLaunch>[0]
   * const { expiresAt } = toMiniProgramLaunch(session)
   * const code = { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' }
   * const found = await client.waitForContract({ ...code, expiresAt })
   * if (found?.data.contract_state === 'SIGNED') console.log(found.data.contract_id)
   * ```
   */
  waitForContract(wanted: ContractWait): Promise<ApiResponse<Contract> | undefined>
}

/**
 * Creates the typed client. Every call resolves to `{ data, response, requestId }`; `data` is parsed
 * from bytes whose signature was verified. A call rejects with `ApiError` (an error response, or no
 * usable response), `RequestError` (rejected before anything was sent), the `SignatureError` of the
 * signing fetch, or `signal.reason`.
 *
 * @throws {TypeError} when an option is invalid
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
  const { fetch, checkRequests = true, onEvent, clock = Date.now } = options
  if (typeof fetch !== 'function') {
    throw new TypeError(
      'createClient: `fetch` is required; give it what createSigningFetch of @wechatpay-entrust/auth makes',
    )
  }
  const { timeout = 30_000, maxAttempts = defaultMaxAttempts } = options
  const defaults = { timeout, maxAttempts }
  const fault = findLimitFault(defaults)
  if (fault) throw new TypeError(`createClient: \`${fault.field}\` is to be ${fault.expected}`)
  const baseUrls = baseUrlsOf(options)
  const [origin = '', backupOrigin = origin] = baseUrls.map(readOrigin)
  const allowLoopbackHttp = baseUrls.every(isLoopbackUrl)
  const exchange = createExchange({
    send: createTransport(fetch),
    origin,
    backupOrigin,
    clock,
    onEvent,
  })

  const call = async (
    id: OperationId,
    given: GivenArguments = {},
    callOptions: CallOptions = {},
  ) => {
    const { method, path, retry }: OperationRoute = operationRoutes[id]
    if (callOptions.checkRequest ?? checkRequests) checkRequest(id, given, { allowLoopbackHttp })
    const target = fillPath(path, given.path, id) + writeQuery(given.query, id)
    const about = { operation: id, method, id, isSafe: retry === 'safe' }
    return send(target, given.json, about, callOptions)
  }

  const request: Client['request'] = async (givenMethod, path, init = {}) => {
    const method = givenMethod.toUpperCase()
    const operation = `${method} ${path.split('?')[0]}`
    const query = writeQuery(init.query, operation)
    const target = path.includes('?') ? path + query.replace('?', '&') : path + query
    checkTarget({ method, path: target, hasBody: init.json !== undefined })
    const isSafe = (init.retry ?? (method === 'GET' ? 'safe' : 'unsafe')) === 'safe'
    return send(target, init.json, { operation, method, id: undefined, isSafe }, init)
  }

  function send(
    target: string,
    json: unknown,
    about: Pick<CallContext, 'operation' | 'method' | 'id' | 'isSafe'>,
    given: CallLimits & Pick<CallOptions, 'signal'>,
  ): Promise<ApiResponse<unknown>> {
    const { timeout, maxAttempts } = requireLimits(about.operation, given, defaults)
    const body = serialise(json, about.operation)
    return exchange(
      { target, body, signal: given.signal, maxAttempts },
      { ...about, json, timeout, attempt: 0, unsure: false },
    )
  }

  const operations = bindOperations(call as Call)
  return {
    ...createChain(call as Call),
    ...operations,
    request,
    waitForContract: (wanted) => waitForContract(operations.getContractByCode, wanted, clock),
  }
}

function readOrigin(baseUrl: string, index: number): string {
  const fault = findBaseUrlFault(baseUrl)
  const option = index === 0 ? 'baseUrl' : 'backupBaseUrl'
  if (fault)
    throw new TypeError(`createClient: \`${option}\`: found ${fault}; expected ${baseUrlExpected}`)
  return new URL(baseUrl).origin
}

function serialise(json: unknown, operation: string): string | undefined {
  if (json === undefined) return undefined
  try {
    const text: string | undefined = JSON.stringify(json)
    if (text !== undefined) return text
  } catch {
    // A circular structure or a bigint. The engine's error text may quote the value, so drop it.
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
