import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type YAMLError,
} from 'yaml'
import { namesOf } from './pointer.ts'
import type { Parsed } from './source.ts'

/**
 * Aliases that repeat aliases make a small file large. Real documents use some hundred of them.
 */
const mostAliases = 10_000

/** Parses YAML 1.2, with merge keys (`<<`). */
export function parseYaml(text: string): Parsed {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false })
  const positionOf = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => ({
        code: 'yaml',
        found: foundBy(error),
        ...positionOf(error.pos[0]),
      })),
    }
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases })
    return {
      value,
      locate(pointer) {
        const names = namesOf(pointer)
        for (; names.length > 0; names.pop()) {
          const offset = offsetOf(document, names)
          if (offset !== undefined) return positionOf(offset)
        }
        return { line: 1, column: 1 }
      },
    }
  } catch {
    const found = 'an alias (*name) without its anchor, or aliases that make the file very large'
    return { problems: [{ code: 'yaml', found, line: 1, column: 1 }] }
  }
}

/** The first line of the parser's text; it names the rule and may quote a name, no values. */
const foundBy = ({ code, message }: YAMLError): string =>
  code === 'MULTIPLE_DOCS'
    ? 'several documents in one file (a line of ---)'
    : (message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? code)

/** Where a value begins, with its key if it has one. */
function offsetOf(document: Document, names: readonly string[]): number | undefined {
  let node: unknown = document.contents
  let offset: number | undefined
  for (const name of names) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name)
      offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined
      node = pair?.value
    } else if (isSeq(node)) {
      node = node.items[Number(name)]
      offset = isNode(node) ? node.range?.[0] : undefined
    } else return undefined
    if (offset === undefined) return undefined
  }
  return offset
}
