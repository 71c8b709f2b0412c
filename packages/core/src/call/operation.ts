/**
 * Types of an operation's arguments and result. They are all derived by key from the generated
 * `operations`, so a change of the spec reaches the callers without a handwritten type.
 * `generated/operations.ts` imports this file.
 */
import type { operations, webhooks } from '../generated/types.ts'

/** One row of an operation's error table, from the official page or the APIv3 rules. */
export interface OperationError {
  readonly status: number
  readonly code: string
  /** The official description (描述). */
  readonly zh: string
  /** The official remedy (解决方案). */
  readonly remedyZh: string
  readonly remedyEn: string
  /** Causes that the description of an error names, each with a remedy of its own. */
  readonly causes?: readonly OperationErrorCause[]
}

/** A cause of an error, recognised by a part of WeChat Pay's description. */
export interface OperationErrorCause {
  readonly contains: string
  readonly remedyZh: string
  readonly remedyEn: string
}

/**
 * The effect of a call that a mock must play: `pre-sign` opens a signing session, `query` reads a
 * contract, `terminate` ends it, `order` places an order, `certificates` lists the platform
 * certificates.
 */
export type OperationEffect = 'pre-sign' | 'query' | 'terminate' | 'order' | 'certificates'

/** How to send a call of an operation. */
export interface OperationRoute {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The path template, with `{name}` for each path parameter. */
  readonly path: string
  /** `safe`: repeating the call with the same parameters has no second effect. */
  readonly retry: 'safe' | 'unsafe'
  /** Fields of the request that the response repeats: they must be equal. */
  readonly echo?: readonly string[]
}

/** One operation of the spec as data, for the error texts, the mock and the docs. */
export interface OperationInfo extends OperationRoute {
  readonly summary: string
  /** The address of the official page. */
  readonly page: string
  /** What to do after an unknown outcome, in English and Chinese. */
  readonly retrySays: { readonly en: string; readonly zh: string }
  readonly effect?: OperationEffect
  readonly errors: readonly OperationError[]
}

/** The operations that a client can call. The `webhooks`, which WeChat Pay calls, are excluded. */
export type OperationId = Exclude<keyof operations, keyof webhooks>

type Simplify<T> = { [K in keyof T]: T[K] } & {}
type BodyIn<Request> = Request extends { content: { 'application/json': infer Body } }
  ? Body
  : never
type JsonArg<Op> = Op extends { requestBody: infer Request }
  ? { json: BodyIn<Request> }
  : Op extends { requestBody?: infer Request extends object }
    ? [Request] extends [never]
      ? unknown
      : { json?: BodyIn<Request> }
    : unknown
type PathArg<Op> = Op extends { parameters: { path: infer Path extends object } }
  ? { path: Path }
  : unknown
type QueryArg<Op> = Op extends { parameters: { query: infer Query extends object } }
  ? { query: Query }
  : Op extends { parameters: { query?: infer Query extends object } }
    ? [Query] extends [never]
      ? unknown
      : { query?: Query }
    : unknown

/** The arguments of an operation of the generated schema. */
export type ArgsOf<Op> = Simplify<JsonArg<Op> & PathArg<Op> & QueryArg<Op>>

/**
 * The arguments of one operation: `json` if and only if it has a body, `path` if and only if its
 * path has parameters, `query` where the spec names query parameters.
 */
export type Args<Id extends OperationId> = ArgsOf<operations[Id]>

type SuccessStatus = 200 | 201 | 204
type BodyOf<Response> = Response extends { content: { 'application/json': infer Body } }
  ? Body
  : undefined
/** The JSON of a successful response; `undefined` for an operation without one. */
export type DataOf<Op> = Op extends { responses: infer Responses }
  ? { [Status in keyof Responses & SuccessStatus]: BodyOf<Responses[Status]> }[keyof Responses &
      SuccessStatus]
  : never

/** A verified response. It has the same shape for every operation and for `request`. */
export interface ApiResponse<Data> {
  /**
   * The JSON of the response, parsed strictly from the bytes whose signature was verified;
   * `undefined` for an empty body.
   */
  readonly data: Data
  /** Status and headers. The body has already been read into `data`. */
  readonly response: Response
  /** WeChat Pay's id of the request (`Request-ID`). Quote it when you contact its support. */
  readonly requestId: string | undefined
}

/** What one operation resolves to. */
export type Result<Id extends OperationId> = ApiResponse<DataOf<operations[Id]>>

/**
 * A call of one operation of a document: what codegen gives each method its type with. `args` can be
 * left out where the operation has no required arguments.
 *
 * @example
 * ```ts
 * import type { OperationCall, operations } from '@wechatpay-entrust/core'
 *
 * declare const query: OperationCall<operations['getContractByCode']>
 * const { data } = await query({ path: { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' } })
 * console.log(data.contract_state)
 * ```
 */
export type OperationCall<Op> =
  Partial<ArgsOf<Op>> extends ArgsOf<Op>
    ? (args?: ArgsOf<Op>, options?: CallOptions) => Promise<ApiResponse<DataOf<Op>>>
    : (args: ArgsOf<Op>, options?: CallOptions) => Promise<ApiResponse<DataOf<Op>>>

/** An example of each operation: valid arguments, and the response of the official page. */
export type OperationExamples = {
  readonly [Id in OperationId]: { readonly args: Args<Id>; readonly data: Result<Id>['data'] }
}

/** What can be set for one call. */
export interface CallOptions {
  /**
   * Ends the call at any time, also while the response body is read; the call rejects with
   * `signal.reason`.
   */
  readonly signal?: AbortSignal | undefined
  /**
   * Deadline in milliseconds for all attempts, the pauses between them and the response bodies.
   * Default: the client's `timeout`.
   */
  readonly timeout?: number | undefined
  /** 1 to 5; 1 means no retry. Default: the client's `maxAttempts`. */
  readonly maxAttempts?: number | undefined
  /**
   * Whether to check the arguments against the spec before sending. Default: the client's
   * `checkRequests`.
   */
  readonly checkRequest?: boolean | undefined
}

/** The function behind all operations. */
export type Call = <Id extends OperationId>(
  id: Id,
  args: Args<Id>,
  options?: CallOptions,
) => Promise<Result<Id>>
