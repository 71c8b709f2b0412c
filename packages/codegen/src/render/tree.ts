/** The types of the URI chain: the operations by path, as nested properties and as text. */
import type { SpecOperation } from '@wechatpay-entrust/core'
import { segmentName } from '@wechatpay-entrust/core/spec'
import { comment, indented, propertyName, quoted } from './source.ts'

/** An operation with the lines of its documentation. */
export interface DocumentedOperation extends SpecOperation {
  readonly documentation: readonly string[]
}

interface Node {
  readonly below: Map<string, Node>
  readonly methods: DocumentedOperation[]
}

/** `interface Tree` and `interface Routes`. */
export function renderTree(operations: readonly DocumentedOperation[]): string {
  const root: Node = { below: new Map(), methods: [] }
  const routes = new Map<string, { readonly names: readonly string[]; readonly node: Node }>()
  for (const operation of operations) {
    const route = operation.path.slice(1)
    const names = route.split('/').map(segmentName)
    let node = root
    for (const name of names) node = childOf(node, name)
    node.methods.push(operation)
    routes.set(route, { names, node })
  }
  const byText = [...routes].map(([route, { names, node }]) => {
    const paths = new Set(node.methods.map(({ path }) => path))
    const isShared = paths.size > 1
    const type = isShared
      ? `{\n${indented(methodLines(node.methods.filter(({ path }) => path === `/${route}`)), '    ').join('\n')}\n  }`
      : `Tree${names.map((name) => `[${quoted(name)}]`).join('')}`
    return `  readonly ${quoted(route)}: ${type}`
  })
  return [
    '/** The operations by path, as properties. */',
    'export interface Tree {',
    ...indented(membersOf(root), '  '),
    '}',
    '',
    '/** The operations by path, as text. */',
    'export interface Routes {',
    ...byText,
    '}',
    '',
  ].join('\n')
}

function childOf(node: Node, name: string): Node {
  const found = node.below.get(name)
  if (found) return found
  const child: Node = { below: new Map(), methods: [] }
  node.below.set(name, child)
  return child
}

/** A path may end where another goes on with a segment that is called like a method. */
function membersOf(node: Node): string[] {
  const names = new Set(node.methods.flatMap(({ method }) => callNames(method)))
  const below = [...node.below]
    .filter(([name]) => !names.has(name))
    .flatMap(([name, child]) => [
      `readonly ${propertyName(name)}: {`,
      ...indented(membersOf(child), '  '),
      '}',
    ])
  const more = (name: string) => {
    const child = node.below.get(name)
    return child ? [' & {', ...indented(membersOf(child), '  '), '}'] : ['']
  }
  return [...methodLines(node.methods, more), ...below]
}

function methodLines(
  operations: readonly DocumentedOperation[],
  more: (name: string) => string[] = () => [''],
): string[] {
  // Two paths may have the same names (`a-b` and `aB`): as in the client, the first one counts.
  const byMethod = new Map(operations.toReversed().map((one) => [one.method, one]))
  return [...byMethod.values()].toReversed().flatMap(({ id, method, documentation }) =>
    callNames(method).flatMap((name) => {
      const [first = '', ...rest] = more(name)
      return [
        ...comment(documentation),
        `readonly ${name}: OperationCall<operations[${quoted(id)}]>${first}`,
        ...rest,
      ]
    }),
  )
}

const callNames = (method: string) => [method.toLowerCase(), `${method.toLowerCase()}Async`]

/** `interface Operations`: the operations by id. */
export function renderOperations(operations: readonly DocumentedOperation[]): string {
  const members = operations.flatMap(({ id, documentation }) => [
    ...comment(documentation, '  '),
    `  readonly ${propertyName(id)}: OperationCall<operations[${quoted(id)}]>`,
  ])
  return [
    '/** The operations by id. */',
    'export interface Operations {',
    ...members,
    '}',
    '',
  ].join('\n')
}
