/**
 * The URI chain: calls an operation by its path. It is built of plain objects from the paths of the
 * specs, not of a Proxy. So `await client`, `JSON.stringify(client)`, a logger or a spread cannot
 * send a request by accident, and a path that is not in a spec is `undefined`.
 */
import { nearestNames } from '@wechatpay-entrust/base'
import type { KnownOperation } from '../spec/registry.ts'
import { segmentName } from '../spec/segment-name.ts'
import type { CallOptions } from './operation.ts'

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

/** Names the nearest route, if at most a fifth differs. */
function suggest(given: string, routes: readonly string[]): string {
  const text = String(given).slice(0, 200)
  const [nearest] = nearestNames(text, routes, Math.max(3, text.length / 5))
  return nearest === undefined ? '' : ` Did you mean '${nearest}'?`
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
