import { findJsonLoss, findUnknownName, isLoopbackUrl, member } from '@wechatpay-entrust/base'
import { bindOperations, type Operations, operationRoutes } from '../generated/operations.ts'
import { requestSchemas } from '../generated/request-schemas.ts'
import type { Contract } from '../models.ts'
import { requireMembers } from '../request/arguments.ts'
import { checkRequest, type GivenArguments } from '../request/request-check.ts'
import { RequestError } from '../request/request-error.ts'
import { checkTarget, fillPath, type ParameterValue, writeQuery } from '../request/request-path.ts'
import type { RequestSchema } from '../schema/json-schema.ts'
import { baseUrlExpected, baseUrlsOf, findBaseUrlFault, type Hosts } from './base-url.ts'
import { type CallLimits, findLimitFault, requireLimits } from './call-limits.ts'
import { type Chain, createChain } from './chain.ts'
import type { CallContext } from './context.ts'
import type { ClientEvent } from './events.ts'
import { createExchange } from './exchange.ts'
import type { ApiResponse, Call, CallOptions, OperationId, OperationRoute } from './operation.ts'
import { createClientReports, createResponseCheck } from './response-check.ts'
import { defaultMaxAttempts } from './retry.ts'
import { createTransfers, type Transfers } from './transfers.ts'
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
   * Signs each request and leaves the response as it is: the result of `createUnverifiedFetch` of
   * `@wechatpay-entrust/auth`. Only `download` and `downloadUnverified` use it, and need it.
   */
  readonly unverifiedFetch?: ClientFetch | undefined
  /**
   * Deadline of a call in milliseconds, for all attempts, the pauses between them and the response
   * bodies. Default: 30 000.
   */
  readonly timeout?: number | undefined
  /** Attempts of a call, 1 to 5; 1 means no retry. Default: 3. */
  readonly maxAttempts?: number | undefined
  /** Whether to check arguments against the spec before sending. Default: true. */
  readonly checkRequests?: boolean | undefined
  /**
   * Whether a `notify_url` may be http on this machine (`127.0.0.1`, `[::1]`, `localhost`), for a mock
   * that `fetch` calls in the same process. Default: only if every host is on this machine.
   */
  readonly allowLoopbackHttp?: boolean | undefined
  /**
   * Called after each attempt, and for each field of a verified response that does not fit the spec
   * (without it, the latter goes to `console.error`). What it throws is ignored.
   */
  readonly onEvent?: ((event: ClientEvent) => void) | undefined
  /** Writes one line for each event to `console.error`. Default: `WECHATPAY_DEBUG=1`. */
  readonly debug?: boolean | undefined
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
export interface Client extends Operations, Chain, Transfers {
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
  requireOptions(options)
  const { fetch, unverifiedFetch, checkRequests = true, clock = Date.now } = options
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
  const { allowLoopbackHttp = baseUrls.every(isLoopbackUrl) } = options
  const reports = createClientReports(options)
  const checkResponse = createResponseCheck(reports.violation)
  const exchange = createExchange({
    send: createTransport(fetch),
    origin,
    backupOrigin,
    clock,
    report: reports.attempt,
  })

  const call = async (
    id: OperationId,
    given: GivenArguments = {},
    callOptions: CallOptions = {},
  ) => {
    const { method, path, retry, echo = [] }: OperationRoute = operationRoutes[id]
    requireMembers(id, 'arguments', given, argumentNames(id))
    requireMembers(id, 'options', callOptions, optionNames)
    if (callOptions.checkRequest ?? checkRequests) checkRequest(id, given, { allowLoopbackHttp })
    const target = fillPath(path, given.path, id) + writeQuery(given.query, id)
    const about = {
      operation: id,
      method,
      id,
      isSafe: retry === 'safe',
      echo: sentValues(echo, given),
    }
    const result = await send(target, given.json, about, callOptions)
    checkResponse(id, result)
    return result
  }

  const request: Client['request'] = async (givenMethod, path, init = {}) => {
    const method = givenMethod.toUpperCase()
    const operation = `${method} ${path.split('?')[0]}`
    requireMembers(operation, 'options', init, requestNames)
    const query = writeQuery(init.query, operation)
    const target = path.includes('?') ? path + query.replace('?', '&') : path + query
    checkTarget({ method, path: target, hasBody: init.json !== undefined })
    const isSafe = (init.retry ?? (method === 'GET' ? 'safe' : 'unsafe')) === 'safe'
    return send(target, init.json, { operation, method, id: undefined, isSafe, echo: [] }, init)
  }

  function send(
    target: string,
    json: unknown,
    about: Pick<CallContext, 'operation' | 'method' | 'id' | 'isSafe' | 'echo'>,
    given: CallLimits & Pick<CallOptions, 'signal'>,
  ): Promise<ApiResponse<unknown>> {
    const { timeout, maxAttempts } = requireLimits(about.operation, given, defaults)
    const body = serialise(json, about.operation)
    return exchange(
      { target, body, signal: given.signal, maxAttempts },
      { ...about, json, timeout, attempt: 0, url: '', unsure: false },
    )
  }

  const operations = bindOperations(call as Call)
  return {
    ...createChain(call as Call),
    ...operations,
    ...createTransfers({
      exchange,
      fetch,
      unverifiedFetch,
      origin,
      backupOrigin,
      maxAttempts,
    }),
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
  const loss = findJsonLoss(json)
  if (loss === undefined) return JSON.stringify(json)
  const expected = 'a value that JSON can carry'
  throw new RequestError(operation, [
    { code: 'not-serialisable', location: 'body', expected, ...loss },
  ])
}

const optionNames = ['signal', 'timeout', 'maxAttempts', 'checkRequest']
const requestNames = ['json', 'query', 'signal', 'timeout', 'maxAttempts', 'retry']

/** `json` only where the operation has a body; a GET with one would be rejected by WeChat Pay. */
function argumentNames(id: OperationId): readonly string[] {
  const { json } = requestSchemas[id] as RequestSchema
  return json === undefined ? ['path', 'query'] : ['json', 'path', 'query']
}

/** The fields that the response must repeat, where the request has them. */
function sentValues(echo: readonly string[], given: GivenArguments): CallContext['echo'] {
  return echo.flatMap((field) => {
    const value =
      member(given.path, field) ?? member(given.query, field) ?? member(given.json, field)
    return value === undefined ? [] : [[field, value] as const]
  })
}

/** A record, so that the compiler reports a missing name. */
const clientOptions: { readonly [Name in keyof Required<ClientOptions>]: true } = {
  fetch: true,
  unverifiedFetch: true,
  baseUrl: true,
  backupBaseUrl: true,
  timeout: true,
  maxAttempts: true,
  checkRequests: true,
  allowLoopbackHttp: true,
  onEvent: true,
  debug: true,
  clock: true,
}

function requireOptions(options: ClientOptions): void {
  const unknown = findUnknownName(options, Object.keys(clientOptions))
  if (unknown === undefined) return
  const { name, nearest } = unknown
  const meant = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`
  throw new TypeError(`createClient: there is no option \`${name}\`.${meant}`)
}
