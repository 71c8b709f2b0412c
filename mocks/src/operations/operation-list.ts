import type { ConfigurationError } from '@wechatpay-entrust/auth'
import { nearestName } from '@wechatpay-entrust/base'
import type { Spec } from '@wechatpay-entrust/core'
import { describeValue, invalidValue } from '../arguments/require-values.ts'
import { pathFits } from '../requests/validate.ts'
import { ownSpec } from './own-spec.ts'
import {
  compareTemplates,
  matchPath,
  type PathTemplate,
  type PathTexts,
  parseTemplate,
  shapeOf,
  splitPath,
} from './path-template.ts'
import type { PlayedOperation } from './played-operation.ts'

export interface FoundOperation {
  readonly played: PlayedOperation
  readonly texts: PathTexts
}

/** The operations of one mock: ours, and those of the option `spec`. */
export interface OperationList {
  readonly all: readonly PlayedOperation[]
  find(id: string): PlayedOperation | undefined
  /** The operation of a request: static segments before parameters, and the first whose parameters fit. */
  route(method: string, path: string): FoundOperation | undefined
  /** @throws {ConfigurationError} unless it is the id of an operation, or `*` */
  requireId(slot: string, id: unknown): void
  /** The error for an id that is not in the list. */
  unknownId(slot: string, id: unknown): ConfigurationError
}

interface RoutedOperation extends PlayedOperation {
  readonly template: PathTemplate
}

/** Our own operation is played where a document has one with the same method and path. */
export function listOperations(specs: readonly Spec[]): OperationList {
  const byId = new Map<string, PlayedOperation>()
  const byForm = new Map<string, RoutedOperation[]>()
  const own = new Set<string>()
  for (const spec of [ownSpec, ...specs]) {
    for (const [id, operation] of Object.entries(spec.operations)) {
      const { method, path } = operation
      const shape = shapeOf(method, path)
      if (spec === ownSpec) own.add(shape)
      else if (own.has(shape)) continue
      const template = parseTemplate(path)
      const example = spec.examples?.[id]
      const played = { operation, definitions: spec.schemas, example, template }
      byId.set(id, played)
      const form = `${method} ${template.segments.length}`
      byForm.set(form, [...(byForm.get(form) ?? []), played])
    }
  }
  for (const group of byForm.values())
    group.sort((one, other) => compareTemplates(one.template, other.template))

  const unknownId = (slot: string, id: unknown, more = '') => {
    const nearest = typeof id === 'string' ? nearestName(id, [...byId.keys()]) : undefined
    const expected = `the id of an operation of this mock${more}`
    return invalidValue(
      slot,
      describeValue(id),
      nearest === undefined ? expected : `${expected}; the nearest is ${nearest}`,
    )
  }

  return {
    all: [...byId.values()],
    find: (id) => byId.get(id),
    route(method, path) {
      const segments = splitPath(path)
      let first: FoundOperation | undefined
      for (const played of byForm.get(`${method} ${segments.length}`) ?? []) {
        const texts = matchPath(played.template, segments)
        if (texts === undefined) continue
        if (pathFits(played, texts)) return { played, texts }
        first ??= { played, texts }
      }
      return first
    },
    requireId(slot, id) {
      if (id !== '*' && !(typeof id === 'string' && byId.has(id)))
        throw unknownId(slot, id, ', or *')
    },
    unknownId,
  }
}
