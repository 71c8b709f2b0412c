import { isRecord, member, printable, type Remedy } from '@wechatpay-entrust/base'
import { ownSpec } from './own.ts'
import { isOwn } from './registry.ts'
import type { Spec } from './spec.ts'

/**
 * What is wrong with a spec:
 *
 * | code | meaning |
 * | --- | --- |
 * | `openapi-document` | an OpenAPI document, or the path of one, instead of what codegen makes of it |
 * | `unsupported-spec-version` | made by a version of codegen with another form |
 * | `malformed-spec` | not what codegen writes |
 * | `duplicate-operation` | an id, or method and path, of another operation |
 */
export type SpecFaultCode =
  | 'openapi-document'
  | 'unsupported-spec-version'
  | 'malformed-spec'
  | 'duplicate-operation'

/** A wrong spec: where, what was found, what was expected, and what to do. */
export interface SpecFault {
  readonly code: SpecFaultCode
  /** `spec`, or a place in it such as `spec[1].operations.getOrder.path`. */
  readonly slot: string
  readonly found: string
  readonly expected: string
  readonly remedy: Remedy
}

const command = 'npx @wechatpay-entrust/codegen openapi.yaml --out wechatpay'
const generate: Remedy = {
  en: `Run \`${command}\`, and pass the \`spec\` that wechatpay/index.ts exports.`,
  zh: `请运行 ${command}，并传入 wechatpay/index.ts 导出的 spec。`,
}
const generateAgain: Remedy = {
  en: `Use the same version of codegen as of this package, and generate again: \`${command}\`.`,
  zh: `请使用与本软件包版本一致的 codegen 重新生成：${command}。`,
}
const rename: Remedy = {
  en: 'Leave the operation out of one document (`--except`), or change its operationId, and run codegen again.',
  zh: '请在其中一份文档中去掉该接口（--except）或修改其 operationId，然后重新运行 codegen。',
}

/** The specs of the option `spec`, which is one of them or a list. */
export function specsOf(given: Spec | readonly Spec[] | undefined): readonly Spec[] {
  if (given === undefined) return []
  return Array.isArray(given) ? given : [given as Spec]
}

/**
 * Finds the first fault of the option `spec`, or undefined: in its form, its operations and its
 * webhooks. `findMalformed` checks the rest, before the first call of one of its operations.
 */
export function findSpecFault(given: unknown, slot = 'spec'): SpecFault | undefined {
  const specs: readonly unknown[] = Array.isArray(given) ? given : [given]
  const slots = specs.map((_, index) => (Array.isArray(given) ? `${slot}[${index}]` : slot))
  for (const [index, one] of specs.entries()) {
    const fault = findFault(one, slots[index] ?? slot)
    if (fault !== undefined) return fault
  }
  return findDuplicate(specs as readonly Spec[], slots)
}

function findFault(given: unknown, slot: string): SpecFault | undefined {
  const fault = (code: SpecFaultCode, found: string, remedy = generate) => ({
    ...{ code, slot, found, expected: 'the `spec` that codegen writes', remedy },
  })
  const isDocument = ['openapi', 'swagger', 'paths'].some(
    (name) => member(given, name) !== undefined,
  )
  if (isDocument || typeof given === 'string')
    return fault('openapi-document', isDocument ? 'an OpenAPI document' : 'a text')
  const version = member(given, 'specVersion')
  if (typeof version === 'number' && version !== 1)
    return fault('unsupported-spec-version', `specVersion ${version}`, generateAgain)
  const place = version === 1 ? findPlace(given) : 'specVersion'
  if (place === undefined) return undefined
  const at = version === undefined ? slot : `${slot}.${printable(place, 200)}`
  return { ...fault('malformed-spec', 'another value'), slot: at }
}

/** The first place of a spec that has not the form; without the schemas. */
function findPlace(given: unknown): string | undefined {
  const [operations, webhooks] = [member(given, 'operations'), member(given, 'webhooks')]
  if (!isRecord(member(given, 'schemas'))) return 'schemas'
  if (!isRecord(operations)) return 'operations'
  if (!isRecord(webhooks)) return 'webhooks'
  for (const [id, operation] of Object.entries(operations)) {
    // An object with a function `then` is a promise for `await`.
    if (member(operation, 'id') !== id || id === 'then') return `operations.${id}.id`
    if (!methods.includes(member(operation, 'method'))) return `operations.${id}.method`
    if (!isPath(member(operation, 'path'))) return `operations.${id}.path`
  }
  for (const [name, webhook] of Object.entries(webhooks)) {
    const types = member(webhook, 'eventTypes')
    if (!Array.isArray(types) || types.some((type) => typeof type !== 'string'))
      return `webhooks.${name}.eventTypes`
  }
  return undefined
}

const methods: readonly unknown[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** A URL parser must not change the path, or the signed one would not be the sent one. */
function isPath(path: unknown): boolean {
  if (typeof path !== 'string' || !path.startsWith('/v3/')) return false
  const filled = path.replace(/\{[^{}/]+\}/g, 'x')
  return !/[{}?#]/.test(filled) && new URL(filled, 'https://host.test').href.slice(17) === filled
}

function findDuplicate(specs: readonly Spec[], slots: readonly string[]): SpecFault | undefined {
  const known = new Map<string, string>()
  for (const [index, spec] of [ownSpec, ...specs].entries()) {
    const at = `${index === 0 ? 'our own spec' : slots[index - 1]}.operations.`
    for (const { id, method, path } of Object.values(spec.operations)) {
      // Left to ours: the client does not have it.
      if (index > 0 && isOwn({ method, path })) continue
      const place = `${method} ${path}`
      const [name, other] = known.has(id) ? ['id', known.get(id)] : [place, known.get(place)]
      if (other !== undefined)
        return {
          code: 'duplicate-operation',
          slot: at + id,
          found: name === 'id' ? `the id of ${other}` : `${place}, which is also ${other}`,
          expected: 'each operation once',
          remedy: rename,
        }
      known.set(id, at + id).set(place, at + id)
    }
  }
  return undefined
}
