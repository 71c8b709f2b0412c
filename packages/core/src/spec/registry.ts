import { isRecord, member } from '@wechatpay-entrust/base'
import type { Definitions } from '../schema/prepared-schema.ts'
import { ownSpec } from './own.ts'
import type { Spec, SpecOperation } from './spec.ts'

/** An operation of a client, with what its `$ref`s refer to. */
export interface KnownOperation extends SpecOperation {
  readonly definitions: Definitions
  /** The given spec that it is from; absent for ours. */
  readonly from?: Spec
}

/** The operations of our own spec and of the given ones. */
export interface Registry {
  /** Ours first, then in the order of the specs. */
  readonly operations: readonly KnownOperation[]
  readonly findById: (id: string) => KnownOperation | undefined
  /** `path` is a template; the names of its parameters do not matter. The first one that fits. */
  readonly findByPath: (method: string, path: string) => KnownOperation | undefined
  /** Names of the fields that hold personal data. */
  readonly personalNames: () => ReadonlySet<string>
}

/** The method and the path with parameters that have no names: `GET /v3/orders/{}`. */
export const shapeOf = (method: string, path: string): string =>
  `${method} ${path.replace(/\{[^{}]*\}/g, '{}')}`

/**
 * Collects the operations. One with the method and path of ours, parameter names aside, is left to
 * ours. `findSpecFault` has checked the specs: no two operations have the same id, or the same
 * method and path.
 */
export function createRegistry(specs: readonly Spec[]): Registry {
  const byId = new Map<string, KnownOperation>()
  const byShape = new Map<string, KnownOperation>()
  for (const spec of [ownSpec, ...specs]) {
    for (const operation of Object.values(spec.operations)) {
      const shape = shapeOf(operation.method, operation.path)
      if (spec !== ownSpec && ownShapes.has(shape)) continue
      const from = spec === ownSpec ? {} : { from: spec }
      const known = { ...operation, definitions: spec.schemas, ...from }
      byId.set(operation.id, known)
      if (!byShape.has(shape)) byShape.set(shape, known)
    }
  }
  let personal: Set<string> | undefined
  return {
    operations: [...byId.values()],
    findById: (id) => byId.get(id),
    findByPath: (method, path) => byShape.get(shapeOf(method, path)),
    personalNames: () => {
      if (personal !== undefined) return personal
      personal = new Set()
      for (const spec of [ownSpec, ...specs]) collectPersonal(spec, personal)
      return personal
    },
  }
}

const ownShapes = new Set(
  Object.values(ownSpec.operations).map(({ method, path }) => shapeOf(method, path)),
)

/** Whether ours has the operation, so that one of another spec is left to it. */
export const isOwn = ({ method, path }: Pick<SpecOperation, 'method' | 'path'>): boolean =>
  ownShapes.has(shapeOf(method, path))

/** Reads the schemas by shape: a spec is checked only before the first call of its operations. */
function collectPersonal({ schemas, operations }: Spec, names: Set<string>): void {
  const visit = (schema: unknown, depth = 0): void => {
    if (!isRecord(schema) || depth > 64) return
    for (const [name, one] of entriesOf(schema.properties)) {
      if (member(one, 'x-personal') || member(one, 'x-sensitive')) names.add(name)
      visit(one, depth + 1)
    }
    for (const one of [schema.items, schema.additionalProperties]) visit(one, depth + 1)
    for (const parts of [schema.allOf, schema.anyOf, schema.oneOf])
      if (Array.isArray(parts)) for (const part of parts) visit(part, depth + 1)
  }
  for (const schema of Object.values(schemas)) visit(schema)
  for (const { request } of Object.values(operations)) {
    visit(member(request, 'json'))
    for (const place of ['path', 'query']) visit({ properties: member(request, place) })
  }
}

const entriesOf = (value: unknown) => (isRecord(value) ? Object.entries(value) : [])
