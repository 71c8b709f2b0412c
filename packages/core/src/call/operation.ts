/**
 * What an operation takes and gives, as types: everything here is read by key from the generated
 * `operations`, so a change of the spec reaches a call site without anyone writing a type.
 * `generated/operations.ts` imports from here.
 */
import type { operations, webhooks } from '../generated/schema.ts'

/** One row of an operation's error table, as the official page (or the APIv3 rules) prints it. */
export interface OperationError {
  readonly status: number
  readonly code: string
  /** The official description (描述). */
  readonly zh: string
  /** The official remedy (解决方案). */
  readonly remedyZh: string
  readonly remedyEn: string
}

/**
 * What a call does to contracts, where it does something that a mock has to know: `pre-sign` opens
 * a signing session, `query` reads a contract, `terminate` ends it, `certificates` lists the
 * platform certificates.
 */
export type OperationEffect = 'pre-sign' | 'query' | 'terminate' | 'certificates'

/** What a call of an operation needs to be sent. */
export interface OperationRoute {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The path template, with `{name}` where a path parameter goes. */
  readonly path: string
  /** `safe`: a repeat with the same parameters does nothing twice. */
  readonly retry: 'safe' | 'unsafe'
}

/**
 * What the spec says about one operation, as data: errors, the mock and the docs read it from here.
 */
export interface OperationInfo extends OperationRoute {
  readonly summary: string
  /** The address of the official page. */
  readonly page: string
  readonly effect?: OperationEffect
  readonly errors: readonly OperationError[]
}

/** The operations that can be called; what WeChat Pay calls (`webhooks`) is not among them. */
export type OperationId = Exclude<keyof operations, keyof webhooks>

type Simplify<T> = { [K in keyof T]: T[K] } & {}
type JsonArg<Op> = Op extends { requestBody: { content: { 'application/json': infer Body } } }
  ? { json: Body }
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
type BodyOf<Answer> = Answer extends { content: { 'application/json': infer Body } }
  ? Body
  : undefined
/** The JSON of an operation's success, `undefined` where it has none. */
export type DataOf<Op> = Op extends { responses: infer Answers }
  ? { [Status in keyof Answers & SuccessStatus]: BodyOf<Answers[Status]> }[keyof Answers &
      SuccessStatus]
  : never

/** A verified answer. The same shape for every operation and for `request`. */
export interface ApiResponse<Data> {
  /**
   * The answer's JSON, read strictly from the very bytes whose signature was verified; `undefined`
   * for an empty answer.
   */
  readonly data: Data
  /** Status and headers. Its body has been read into `data`. */
  readonly response: Response
  /** WeChat Pay's own id of the exchange (`Request-ID`), to be quoted to its support. */
  readonly requestId: string | undefined
}

/** What one operation resolves to. */
export type Result<Id extends OperationId> = ApiResponse<DataOf<operations[Id]>>

/**
 * An example of each operation: arguments that fit, and the answer that the official page shows.
 */
export type OperationExamples = {
  readonly [Id in OperationId]: { readonly args: Args<Id>; readonly answer: Result<Id>['data'] }
}

/** What can be set for one call. */
export interface CallOptions {
  /**
   * Ends the call at any moment, the reading of the answer included; the call then rejects with
   * `signal.reason`.
   */
  readonly signal?: AbortSignal | undefined
  /**
   * Deadline in milliseconds over all attempts, the waits between them and the bodies. Default: the
   * client's `timeout`.
   */
  readonly timeout?: number | undefined
  /** 1 to 5; 1: no repeat. Default: the client's `maxAttempts`. */
  readonly maxAttempts?: number | undefined
  /**
   * Whether to check the arguments against the spec before sending. Default: the client's
   * `checkRequests`.
   */
  readonly checkRequest?: boolean | undefined
}

/** The one function behind all operations; `bindOperations` gives each its name. */
export type Call = <Id extends OperationId>(
  id: Id,
  args: Args<Id>,
  options?: CallOptions,
) => Promise<Result<Id>>
