/**
 * The URI chain: calls an operation by its path. It is built of plain objects from the paths of the
 * specs, not of a Proxy. So `await client`, `JSON.stringify(client)`, a logger or a spread cannot
 * send a request by accident, and a path that is not in a spec is `undefined`.
 */
import { nearestNames } from '@wechatpay-entrust/base'
import type { paths } from '../generated/schema.ts'
import type { KnownOperation } from '../spec/registry.ts'
import { segmentName } from '../spec/segment-name.ts'
import type { ApiResponse, ArgsOf, CallOptions, DataOf } from './operation.ts'

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

type Route = NoSlash<keyof paths>

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

/** The operations of our own spec, as properties and by path as text. */
export interface OwnTree extends Tree<Route, ''> {}
export type OwnRoutes = { readonly [R in Route]: Methods<paths[`/${R}`]> }

/** A call of an operation, as the chain and `operations` bind it. */
export type AnyCall = (
  operation: KnownOperation,
  args: unknown,
  options?: CallOptions,
) => Promise<unknown>

/**
 * A step of the chain: an object, or a method. A path segment may have the name of a method
 * (`…/receivers/delete`), so a method may have further steps.
 */
type Step = object

/** Builds the chain of a client. Every method calls `call`. */
export function createChain(operations: readonly KnownOperation[], call: AnyCall): object {
  const tree: Step = {}
  const routes: Step = {}
  for (const operation of operations) {
    const route = operation.path.slice(1)
    const step = route.split('/').map(segmentName).reduce(descend, tree)
    const name = operation.method.toLowerCase()
    for (const at of [step, descend(routes, route)]) {
      addMethod(at, name, operation, call)
      addMethod(at, `${name}Async`, operation, call)
    }
  }
  const chain = (route: string): Step => {
    const found = stepAt(routes, route)
    if (found !== undefined) return found
    throw new TypeError(
      `chain: the spec has no path ${JSON.stringify(String(route).slice(0, 200))}.${suggest(route, Object.keys(routes))} Any other path: client.request(method, path, init)`,
    )
  }
  return { ...tree, ...routes, chain }
}

/** Names at most three routes, of which up to a fifth differs. */
function suggest(given: string, routes: readonly string[]): string {
  const text = String(given)
  const near = nearestNames(text, routes, Math.max(3, text.length / 5)).slice(0, 3)
  return near.length === 0 ? '' : ` Did you mean ${near.map((one) => `'${one}'`).join(' or ')}?`
}

function stepAt(step: Step, name: string): Step | undefined {
  const found: unknown = Object.hasOwn(step, name) ? Reflect.get(step, name) : undefined
  return typeof found === 'object' || typeof found === 'function' ? (found as Step) : undefined
}

function descend(step: Step, name: string): Step {
  return stepAt(step, name) ?? setStep(step, name, {})
}

/** Two paths may have the same properties (`a-b`, `aB`): they are those of the first one. */
function addMethod(step: Step, name: string, operation: KnownOperation, call: AnyCall): void {
  const below = stepAt(step, name)
  if (typeof below === 'function') return
  const send = (args?: unknown, options?: CallOptions) => call(operation, args, options)
  for (const [segment, next] of Object.entries(below ?? {})) setStep(send, segment, next)
  setStep(step, name, send)
}

/** Defines the property: a segment may also be `__proto__`, or `name` below a method. */
function setStep(step: Step, name: string, value: Step): Step {
  Object.defineProperty(step, name, {
    value,
    ...{ configurable: true, enumerable: true, writable: true },
  })
  return value
}
