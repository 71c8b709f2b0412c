/**
 * The URI chain: calls an operation by its path, typed from the generated `paths`. It is built of
 * plain objects from the table of routes, not of a Proxy. So `await client`,
 * `JSON.stringify(client)`, a logger or a spread cannot send a request by accident, and a path that
 * is not in the spec is `undefined`.
 */
import { operationRoutes } from '../generated/operations.ts'
import type { paths } from '../generated/schema.ts'
import type { ApiResponse, ArgsOf, Call, CallOptions, DataOf, OperationRoute } from './operation.ts'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** `pre-entrust-sign` → `preEntrustSign`; `{service_id}` → `_service_id_`. */
type Camel<Text extends string> = Text extends `{${infer Name}}`
  ? `_${Name}_`
  : Text extends `${infer First}-${infer Rest}`
    ? `${First}${Capitalize<Camel<Rest>>}`
    : Text

type Invoke<Op> =
  Partial<ArgsOf<Op>> extends ArgsOf<Op>
    ? (args?: ArgsOf<Op>, options?: CallOptions) => Promise<ApiResponse<DataOf<Op>>>
    : (args: ArgsOf<Op>, options?: CallOptions) => Promise<ApiResponse<DataOf<Op>>>

type MethodOf<Item> = { [M in Method & keyof Item]: Item[M] extends undefined ? never : M }[Method &
  keyof Item]

/** The methods of one path: `get`, `post` …, and `getAsync`, `postAsync` … as in the PHP chain. */
export type Methods<Item> = {
  readonly [M in MethodOf<Item> as M | `${M}Async`]: Invoke<Exclude<Item[M], undefined>>
}

type NoSlash<Path> = Path extends `/${infer Rest}` ? Rest : never

/** A path of the spec without its leading slash. */
export type Route = NoSlash<keyof paths>

type Head<Left extends string> = Left extends `${infer First}/${string}` ? First : Left
type Below<Left extends string, First extends string> = Left extends `${First}/${infer Rest}`
  ? Rest
  : never
type AtPath<Path extends string> = Path extends keyof paths ? Methods<paths[Path]> : unknown

/**
 * `Left` is the union of the rest of each path below `Prefix`. Passing it down keeps type checking
 * fast.
 */
type Tree<Left extends string, Prefix extends string> = {
  readonly [First in Head<Left> as Camel<First>]: Tree<Below<Left, First>, `${Prefix}/${First}`> &
    AtPath<`${Prefix}/${First}`>
}

type ByRoute = { readonly [R in Route]: Methods<paths[`/${R}`]> }

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
export interface Chain extends Tree<Route, ''>, ByRoute {
  /** @throws {TypeError} when the spec has no such path; use `request` for any other path. */
  chain<R extends Route>(route: R): Methods<paths[`/${R}`]>
}

type Step = { [name: string]: Step | AnyCall }
type AnyCall = (args?: unknown, options?: CallOptions) => Promise<unknown>

/** Builds the chain of a client. Every method calls `call`. */
export function createChain(call: Call): Chain {
  const invoke = call as (id: string, args?: unknown, options?: CallOptions) => Promise<unknown>
  const tree: Step = {}
  const routes: { [route: string]: Step } = {}
  for (const { id, method, path } of Object.values<OperationRoute>(operationRoutes)) {
    const route = path.slice(1)
    const send: AnyCall = (args, options) => invoke(id, args, options)
    let step = tree
    for (const segment of route.split('/')) step = descend(step, camel(segment))
    for (const at of [step, descend(routes, route)]) {
      at[method.toLowerCase()] = send
      at[`${method.toLowerCase()}Async`] = send
    }
  }
  const chain = (route: string): Step => {
    const found = Object.hasOwn(routes, route) ? routes[route] : undefined
    if (found !== undefined) return found
    throw new TypeError(
      `chain: the spec has no path ${JSON.stringify(route)}; it has ${Object.keys(routes).join(', ')}. Any other path: client.request(method, path, init)`,
    )
  }
  return { ...tree, ...routes, chain } as unknown as Chain
}

function descend(step: Step, name: string): Step {
  const next = (Object.hasOwn(step, name) ? step[name] : undefined) ?? {}
  if (typeof next === 'function')
    throw new TypeError(`The spec has a path segment "${name}" where a method stands`)
  step[name] = next
  return next
}

function camel(segment: string): string {
  if (segment.startsWith('{')) return `_${segment.slice(1, -1)}_`
  return segment.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
