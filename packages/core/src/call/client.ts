import { findJsonLoss, isLoopbackUrl, member } from '@wechatpay-entrust/base'
import type { Operations } from '../generated/operations.ts'
import type { Contract } from '../models.ts'
import { requireMembers } from '../request/arguments.ts'
import { checkRequest, type GivenArguments } from '../request/request-check.ts'
import { RequestError } from '../request/request-error.ts'
import { checkTarget, fillPath, type QueryValue, writeQuery } from '../request/request-path.ts'
import { ownSpec } from '../spec/own.ts'
import { createRegistry, type KnownOperation } from '../spec/registry.ts'
import type { Spec } from '../spec/spec.ts'
import type { Chain, OperationsById, SpecInput } from '../spec/spec-client.ts'
import { specsOf } from '../spec/spec-fault.ts'
import { createTransfers, type Transfers } from '../transfer/transfers.ts'
import { baseUrlsOf } from './base-url.ts'
import { type CallLimits, findLimitFault, requireLimits } from './call-limits.ts'
import { createChain } from './chain.ts'
import { type ClientOptions, readOrigin, requireOptions } from './client-options.ts'
import { type CallContext, startContext } from './context.ts'
import { createExchange } from './exchange.ts'
import type { ApiResponse, CallOptions } from './operation.ts'
import { createClientReports, createResponseCheck } from './response-check.ts'
import { defaultMaxAttempts } from './retry.ts'
import { createTransport } from './transport.ts'
import { type ContractWait, waitForContract } from './wait-for-contract.ts'

/** What an untyped request can carry. */
export interface UntypedRequest extends Omit<CallOptions, 'checkRequest'> {
  /** Serialised once: the same bytes are signed and sent. */
  readonly json?: unknown
  readonly query?: { readonly [name: string]: QueryValue | undefined } | undefined
  /**
   * `safe`: repeating the request has no second effect, so a failed attempt may be retried.
   * `unsafe`: it is retried only if it was certainly never sent. Default: `safe` for a GET, `unsafe`
   * for everything else.
   */
  readonly retry?: 'safe' | 'unsafe' | undefined
}

/**
 * Every operation, by its id and by its path, and `request` for the rest of APIv3. Ours are also at
 * the top: `client.getContractByCode(…)`.
 */
export type Client<S extends SpecInput = readonly []> = OwnClient & SpecClient<S> & Chain<S>

interface SpecClient<S extends SpecInput> {
  /** Every operation by its id, ours and those of `spec`. */
  readonly operations: OperationsById<S>
}

interface OwnClient extends Operations, Transfers {
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
export function createClient<const S extends SpecInput = readonly []>(
  options: ClientOptions<S>,
): Client<S> {
  requireOptions(options)
  const { fetch, unverifiedFetch, checkRequests = true, clock = Date.now } = options
  const { timeout = 30_000, maxAttempts = defaultMaxAttempts } = options
  const defaults = { timeout, maxAttempts }
  const fault = findLimitFault(defaults)
  if (fault) throw new TypeError(`createClient: \`${fault.field}\` is to be ${fault.expected}`)
  const { operations: known, personalNames } = createRegistry(specsOf(options.spec))
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
    spec: KnownOperation,
    givenArgs: unknown = {},
    callOptions: CallOptions = {},
  ) => {
    const { id, method, path, retry, echo = [], from } = spec
    if (from !== undefined) await requireWellFormed(from, id)
    const given = givenArgs as GivenArguments
    requireMembers(id, 'arguments', given, argumentNames(spec))
    requireMembers(id, 'options', callOptions, optionNames)
    if (callOptions.checkRequest ?? checkRequests) checkRequest(spec, given, { allowLoopbackHttp })
    const target = fillPath(path, given.path, id) + writeQuery(given.query, id)
    const about = {
      operation: id,
      method,
      spec,
      isSafe: retry === 'safe',
      echo: sentValues(echo, given),
    }
    const result = await send(target, given.json, about, callOptions)
    checkResponse(spec, result)
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
    return send(target, init.json, { operation, method, spec: undefined, isSafe, echo: [] }, init)
  }

  function send(
    target: string,
    json: unknown,
    about: Pick<CallContext, 'operation' | 'method' | 'spec' | 'isSafe' | 'echo'>,
    given: CallLimits & Pick<CallOptions, 'signal'>,
  ): Promise<ApiResponse<unknown>> {
    const { timeout, maxAttempts } = requireLimits(about.operation, given, defaults)
    const body = serialise(json, about.operation)
    return exchange(
      { target, body, signal: given.signal, maxAttempts },
      startContext({ ...about, json, personalNames, timeout }),
    )
  }

  const bound = known.map((operation) => {
    const send = (args?: unknown, options?: CallOptions) => call(operation, args, options)
    return [operation.id, send] as const
  })
  const operations = Object.fromEntries(bound) as unknown as Operations
  const own = Object.fromEntries(bound.filter(([id]) => Object.hasOwn(ownSpec.operations, id)))
  return {
    ...createChain(known, call),
    ...own,
    operations,
    ...createTransfers({
      exchange,
      fetch,
      unverifiedFetch,
      personalNames,
      origin,
      backupOrigin,
      maxAttempts,
    }),
    request,
    waitForContract: (wanted: ContractWait) =>
      waitForContract(operations.getContractByCode, wanted, clock),
  } as Client<S>
}

/**
 * A client without a spec does not load the check of its schemas.
 *
 * @throws {RequestError} `malformed-spec`
 */
async function requireWellFormed(spec: Spec, operation: string): Promise<void> {
  const { findMalformed } = await import('../spec/spec-shape.ts')
  const malformed = findMalformed(spec)
  if (malformed === undefined) return
  const { slot: field, found, expected } = malformed
  throw new RequestError(operation, [
    { code: 'malformed-spec', location: 'options', field, found, expected },
  ])
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
function argumentNames({ method, request }: KnownOperation): readonly string[] {
  const hasBody = request?.json !== undefined && method !== 'GET'
  return hasBody ? ['json', 'path', 'query'] : ['path', 'query']
}

/** The fields that the response must repeat, where the request has them. */
function sentValues(echo: readonly string[], given: GivenArguments): CallContext['echo'] {
  return echo.flatMap((field) => {
    const value =
      member(given.path, field) ?? member(given.query, field) ?? member(given.json, field)
    return value === undefined ? [] : [[field, value] as const]
  })
}
