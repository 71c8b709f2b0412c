import type { Remedy } from '@wechatpay-entrust/base'
import { ownSpec } from './own.ts'
import { isOwn } from './registry.ts'
import type { Spec } from './spec.ts'
import { findMalformed, type Malformed } from './spec-shape.ts'

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
 * Finds the first fault of the option `spec`, or undefined. Whatever value is given, a spec without
 * fault causes no error later.
 */
export function findSpecFault(given: unknown, slot = 'spec'): SpecFault | undefined {
  if (!Array.isArray(given)) return findFault(given, slot) ?? findDuplicate([given as Spec], [slot])
  const slots = given.map((_, index) => `${slot}[${index}]`)
  for (const [index, one] of given.entries()) {
    const fault = findFault(one, slots[index] ?? slot)
    if (fault !== undefined) return fault
  }
  return findDuplicate(given, slots)
}

/** Specs without fault, because each notification would check them again. */
const sound = new WeakSet<object>()

function findFault(given: unknown, slot: string): SpecFault | undefined {
  const spec = (given ?? {}) as Readonly<Record<string, unknown>>
  if (sound.has(spec)) return undefined
  const expected = 'the `spec` that @wechatpay-entrust/codegen writes'
  const fault = (code: SpecFaultCode, found: string, remedy = generate) => ({
    ...{ code, slot, found, expected, remedy },
  })
  if (typeof given === 'string') return fault('openapi-document', 'a text')
  if (['openapi', 'swagger', 'paths'].some((name) => Object.hasOwn(spec, name)))
    return fault('openapi-document', 'an OpenAPI document')
  if (typeof spec.specVersion === 'number' && spec.specVersion !== 1)
    return fault('unsupported-spec-version', `specVersion ${spec.specVersion}`, generateAgain)
  const malformed = findMalformed(given, slot)
  if (malformed !== undefined) return { code: 'malformed-spec', ...malformed, remedy: generate }
  sound.add(spec)
  return undefined
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

export type { Malformed }
