import { isRecord, nearestName } from '@wechatpay-entrust/base'
import type { Spec } from '@wechatpay-entrust/core'
import type { Resolver, Target } from '../bundle/resolve.ts'
import type { Report } from '../problems/report.ts'
import { below } from '../source/pointer.ts'
import { matchesPattern } from './glob.ts'
import type { InputDocument } from './input-document.ts'
import { fullPath } from './servers.ts'

/** An operation that was chosen, as it is in its document. */
export interface SelectedOperation {
  readonly document: InputDocument
  readonly method: Method
  /** With the path of the server, if that is needed. */
  readonly path: string
  readonly operation: Target
  /** The parameters of all operations of the path. */
  readonly shared: Target | undefined
}

export const methods = ['get', 'put', 'post', 'delete', 'patch'] as const
export type Method = (typeof methods)[number]

const otherMethods = ['head', 'options', 'trace', 'query']
const otherMembers = [
  '$ref',
  'summary',
  'description',
  'servers',
  'parameters',
  'additionalOperations',
]

/** Which operations to read. */
export interface Choice {
  readonly only: readonly string[]
  readonly except: readonly string[]
  readonly own: Pick<Spec, 'operations'> | undefined
}

/** Chooses the operations of all documents. */
export function selectOperations(
  documents: readonly InputDocument[],
  choice: Choice,
  resolver: Resolver,
  report: Report,
): SelectedOperation[] {
  const paths: string[] = []
  const used = new Set<string>()
  const owned = new Map(
    Object.values(choice.own?.operations ?? {}).map(({ method, path, id }) => [
      keyOf(method, path),
      id,
    ]),
  )
  const isChosen = (path: string): boolean => {
    const fitting = (patterns: readonly string[]) =>
      patterns.filter((pattern) => matchesPattern(path, pattern))
    const [inOnly, inExcept] = [fitting(choice.only), fitting(choice.except)]
    for (const pattern of [...inOnly, ...inExcept]) used.add(pattern)
    return (choice.only.length === 0 || inOnly.length > 0) && inExcept.length === 0
  }
  const selected = documents
    .flatMap((document) => operationsOf(document, resolver, report))
    .filter((one) => {
      paths.push(one.path.slice(1))
      if (!isChosen(one.path)) return false
      if (!one.path.startsWith('/v3/')) {
        report.note(
          'operation-left-out',
          one.operation,
          'The path does not begin with /v3/, so APIv3 does not sign it; left out',
          titleOf(one),
        )
        return false
      }
      const id = owned.get(keyOf(one.method, one.path))
      if (id === undefined) return true
      report.note(
        'operation-left-out',
        one.operation,
        'The client has this operation already; left out',
        `${titleOf(one)} (${id})`,
      )
      return false
    })
  for (const pattern of [...choice.only, ...choice.except])
    if (!used.has(pattern)) {
      const nearest = nearestName(pattern, paths)
      report.problem(
        'pattern-unused',
        { file: 'options' },
        `the pattern ${JSON.stringify(pattern)}, which matches no path`,
        nearest && `a pattern that matches a path, for example ${JSON.stringify(nearest)}`,
      )
    }
  return selected
}

export const titleOf = ({ method, path }: { readonly method: string; readonly path: string }) =>
  `${method.toUpperCase()} ${path}`

/** Method and path, whatever the names of the parameters. */
export const keyOf = (method: string, path: string): string =>
  `${method.toUpperCase()} ${path.replaceAll(/\{[^{}]*\}/g, '{}')}`

function operationsOf(
  document: InputDocument,
  resolver: Resolver,
  report: Report,
): SelectedOperation[] {
  const { source, value } = document
  const place = { source, pointer: '/paths' }
  if (value.paths === undefined) return []
  if (!isRecord(value.paths)) {
    report.problem(
      'structure',
      place,
      'paths that is no object',
      'an object with the operations by path',
    )
    return []
  }
  return Object.entries(value.paths).flatMap(([path, given]) => {
    if (path.startsWith('x-')) return []
    const at = { source, pointer: below('/paths', path), value: given }
    const item = resolver.follow(at)
    if (item === undefined) return []
    if (!isRecord(item.value)) {
      report.problem(
        'structure',
        at,
        'a path that is no object',
        'an object with the operations by method',
      )
      return []
    }
    // What stands beside a $ref belongs to the path item, too.
    const beside = isRecord(given) && item.value !== given ? given : {}
    return itemOperations(document, path, item, { ...item.value, ...beside }, report)
  })
}

function itemOperations(
  document: InputDocument,
  path: string,
  item: Target,
  members: Readonly<Record<string, unknown>>,
  report: Report,
): SelectedOperation[] {
  const step = (name: string): Target => ({
    source: item.source,
    pointer: below(item.pointer, name),
    value: members[name],
  })
  const shared = members.parameters === undefined ? undefined : step('parameters')
  return Object.keys(members).flatMap((name) => {
    const operation = step(name)
    const method = methods.find((one) => one === name)
    if (method !== undefined && isRecord(operation.value)) {
      const full = fullPath(path, [operation.value, members, document.value])
      return [{ document, method, path: full, operation, shared }]
    }
    if (method !== undefined)
      report.problem('structure', operation, `${name} that is no object`, 'an operation: an object')
    else if (otherMethods.includes(name) || name === 'additionalOperations')
      report.note(
        'operation-left-out',
        operation,
        'APIv3 has no such method; left out',
        `${name.toUpperCase()} ${path}`,
      )
    else if (!otherMembers.includes(name) && !name.startsWith('x-')) {
      const nearest = nearestName(name, [...methods, ...otherMembers])
      const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`
      report.note(
        'operation-left-out',
        operation,
        `A path has an unknown member; left out`,
        `${JSON.stringify(name)} of ${path}${hint}`,
      )
    }
    return []
  })
}
