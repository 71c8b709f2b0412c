import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import { namesOf } from './pointer.ts'
import type { Parsed, SyntaxProblem, TextPosition } from './source.ts'

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
    return { problems: aliasProblems(document, positionOf) }
  }
}

/** Texts that are clearer than the parser's. */
const faults: { readonly [code: string]: string } = {
  MULTIPLE_DOCS: 'several documents in one file (a line of ---)',
  DUPLICATE_KEY: 'a key twice in one map',
  RESOURCE_EXHAUSTION: 'more levels than the parser can read',
}

/** The first line of the parser's text: it names the rule, and quotes no values. */
function foundBy({ code, message }: YAMLError): string {
  const [line = ''] = message.split('\n', 1)
  return faults[code] ?? `a syntax error (${line.replace(/ at line \d+, column \d+:?$/, '')})`
}

/** Aliases without anchor, or too many. */
function aliasProblems(
  document: Document,
  positionOf: (offset: number) => TextPosition,
): SyntaxProblem[] {
  const problems: SyntaxProblem[] = []
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return
      const found = `the alias *${alias.source} without an anchor before it`
      problems.push({ code: 'yaml', found, ...positionOf(alias.range?.[0] ?? 0) })
    },
  })
  const found = `aliases of aliases that stand for more than ${mostAliases} values`
  return problems.length > 0 ? problems : [{ code: 'yaml', found, line: 1, column: 1 }]
}

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
