/** What a client with specs has beside ours, as types. Codegen has written them beside the data. */
import type { Operations } from '../generated/operations.ts'
import type { Routes as OwnRoutes, Tree as OwnTree } from '../generated/tree.ts'
import type { Spec, SpecTypes } from './spec.ts'

/** The option `spec`: what codegen exports, or a list of such. The empty list is no spec. */
export type SpecInput = Spec | readonly Spec[]

type Every<Union> = (Union extends unknown ? (given: Union) => void : never) extends (
  given: infer All,
) => void
  ? All
  : never

type TypesIn<Given, Name extends keyof SpecTypes> =
  Given extends Spec<infer Types> ? (Types[Name] extends object ? Types[Name] : object) : never

/** One kind of the types of a spec, or of all specs of a list; `unknown` for an empty list. */
export type TypesOf<S extends SpecInput, Name extends keyof SpecTypes> = Every<
  S extends readonly (infer One)[] ? TypesIn<One, Name> : TypesIn<S, Name>
>

/** Each path as text, with the methods that it has. */
export type Routes<S extends SpecInput = readonly []> = OwnRoutes & TypesOf<S, 'routes'>

/** A path of our spec or of the given ones, without its leading slash. */
export type Route<S extends SpecInput = readonly []> = keyof Routes<S>

/**
 * Three ways to call an operation by its path. All three have the same types and the same effect. A
 * path parameter is written as text (`{service_id}`) or as a property (`_service_id_`); its value
 * goes into `path`.
 *
 * @example
 * ```ts
 * import type { Client } from '@wechatpay-entrust/core'
 *
 * declare const client: Client
 * await client.v3.certificates.get()
 * await client.chain('v3/certificates').get()
 * await client['v3/certificates'].getAsync().then(({ data }) => data)
 * ```
 */
export type Chain<S extends SpecInput = readonly []> = OwnTree &
  TypesOf<S, 'tree'> &
  Routes<S> &
  ChainCall<Routes<S>>

interface ChainCall<All> {
  /** @throws {TypeError} when no spec has the path, with the nearest one; use `request` for others. */
  chain<R extends keyof All>(route: R): All[R]
  /** For any other text: the compiler names the paths with the longest common beginning. */
  chain<Text extends string>(route: Nearest<Text, keyof All & string>): never
}

/** The text itself if it is a path, else the nearest paths. */
export type Nearest<Text extends string, All extends string> = Text extends All
  ? Text
  : Beginning<Text, All>

/** The paths that begin with as many characters of the text as possible. */
type Beginning<
  Text extends string,
  All extends string,
  Same extends string = '',
> = Text extends `${infer First}${infer Rest}`
  ? [Extract<All, `${Same}${First}${string}`>] extends [never]
    ? Extract<All, `${Same}${string}`>
    : Beginning<Rest, All, `${Same}${First}`>
  : Extract<All, `${Same}${string}`>

/** The operations of our spec and of the given ones, by id. */
export type OperationsById<S extends SpecInput = readonly []> = Operations &
  TypesOf<S, 'operations'>
