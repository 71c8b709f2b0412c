import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRecord } from '@wechatpay-entrust/base'
import type { Report } from '../problems/report.ts'
import { below, child, namesOf } from '../source/pointer.ts'
import type { Place, Source } from '../source/source.ts'
import { displayName, type Sources } from '../source/sources.ts'

/** A value with its place. */
export interface Target extends Place {
  readonly value: unknown
}

/** A longer chain of references is a circle. */
const longestChain = 50

/** Finds what `$ref`s point to, in this file and in others. */
export function createResolver(read: Sources['read'], report: Pick<Report, 'problem'>) {
  const resolve = (ref: string, from: Place, chain = 0): Target | undefined => {
    if (chain > longestChain) {
      report.problem('reference-circular', from, `$ref ${JSON.stringify(ref)}, a circle`)
      return undefined
    }
    if (/^([a-z][a-z\d+.-]+:|\/\/)/i.test(ref)) {
      report.problem('reference-remote', from, `$ref ${JSON.stringify(ref)}`)
      return undefined
    }
    const [file = '', fragment = ''] = split(ref)
    const fail = (why: string) => {
      report.problem('reference', from, `$ref ${JSON.stringify(ref)}: ${why}`)
      return undefined
    }
    const source = file === '' ? from.source : readFile(file, from, fail)
    if (source === undefined) return undefined
    if (fragment !== '' && !fragment.startsWith('/'))
      return fail(`#${fragment} is an anchor, not a JSON Pointer`)
    return walk({ source, pointer: '', value: source.value }, namesOf(fragment), chain, fail)
  }

  const readFile = (
    file: string,
    from: Place,
    fail: (why: string) => undefined,
  ): Source | undefined => {
    const path = join(dirname(from.source.path), file)
    // What is wrong inside a file is reported there, once.
    return existsSync(path) ? read(path) : fail(`there is no file ${displayName(path)}`)
  }

  const walk = (
    start: Target,
    names: readonly string[],
    chain: number,
    fail: (why: string) => undefined,
  ): Target | undefined => {
    let at = start
    for (const name of names) {
      // A pointer may lead through a reference: #/components/schemas/Order/properties/payer.
      if (isReference(at.value) && child(at.value, name) === undefined) {
        const next = resolve(at.value.$ref, at, chain + 1)
        if (next === undefined) return undefined
        at = next
      }
      const value = child(at.value, name)
      if (value === undefined)
        return fail(`there is no ${JSON.stringify(name)} in ${at.source.file}#${at.pointer}`)
      at = { source: at.source, pointer: below(at.pointer, name), value }
    }
    return at
  }

  /** Follows a value that is only a reference, to the value itself. */
  const follow = (target: Target, chain = 0): Target | undefined => {
    if (!isReference(target.value)) return target
    const next = resolve(target.value.$ref, target, chain)
    return next && follow(next, chain + 1)
  }

  return { resolve, follow }
}

export type Resolver = ReturnType<typeof createResolver>

export const isReference = (value: unknown): value is { readonly $ref: string } =>
  isRecord(value) && typeof value.$ref === 'string'

/** File and fragment of a reference, decoded. */
function split(ref: string): [string, string] {
  const index = ref.indexOf('#')
  const parts: [string, string] =
    index === -1 ? [ref, ''] : [ref.slice(0, index), ref.slice(index + 1)]
  try {
    return [decodeURIComponent(parts[0]), decodeURIComponent(parts[1])]
  } catch {
    return parts // a percent sign that begins no escape stands for itself
  }
}
