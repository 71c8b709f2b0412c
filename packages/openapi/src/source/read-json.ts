import { below, namesOf } from './pointer.ts'
import { type Parsed, positionAt } from './source.ts'

/** Parses JSON, and finds members that appear twice: `JSON.parse` drops the first of them. */
export function parseJson(text: string): Parsed {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { problems: [syntaxProblem(text, error)] }
  }
  const { offsets, repeated } = scan(text)
  if (repeated.length > 0) {
    return {
      problems: repeated.map(({ name, offset }) => ({
        code: 'json',
        found: `the member ${JSON.stringify(name)} twice in one object`,
        ...positionAt(text, offset),
      })),
    }
  }
  return {
    value,
    locate(pointer) {
      const names = namesOf(pointer)
      while (names.length > 0 && !offsets.has(below('', ...names))) names.pop()
      return positionAt(text, offsets.get(below('', ...names)) ?? 0)
    },
  }
}

/** The engine's text depends on its version and quotes the file, so only its position is used. */
function syntaxProblem(text: string, error: unknown) {
  const [, position] = /at position (\d+)/.exec(String(error)) ?? []
  const offset = position === undefined ? firstError(text, error) : Number(position)
  const found =
    offset >= text.trimEnd().length
      ? 'the end of the file, where JSON is not complete'
      : `${JSON.stringify(text.charAt(offset))}, which JSON does not allow here`
  return { code: 'json' as const, found, ...positionAt(text, offset) }
}

/** V8 names no position for the first wrong word, but the word itself: `Unexpected token 'x', …`. */
function firstError(text: string, error: unknown): number {
  const [, token] = /Unexpected token '(.+?)'/s.exec(String(error)) ?? []
  const index = token === undefined ? -1 : text.indexOf(token)
  return index === -1 ? text.length : index
}

interface Level {
  readonly pointer: string
  readonly names: Set<string> | undefined
  name: string | undefined
  index: number
}

/** The offset of each value by its pointer, and the names that an object has twice. */
function scan(text: string) {
  const offsets = new Map<string, number>()
  const repeated: { name: string; offset: number }[] = []
  const levels: Level[] = []
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs
  for (const { 0: found, index } of text.matchAll(token)) {
    const level = levels.at(-1)
    if (found === '}' || found === ']') levels.pop()
    else if (found === ',') {
      if (level) level.name = undefined
      if (level) level.index += 1
    } else if (found === ':') continue
    else if (level?.names && level.name === undefined) {
      level.name = JSON.parse(found) as string
      if (level.names.has(level.name)) repeated.push({ name: level.name, offset: index })
      level.names.add(level.name)
    } else {
      const pointer = level ? below(level.pointer, level.name ?? level.index) : ''
      offsets.set(pointer, index)
      if (found === '{' || found === '[')
        levels.push({
          pointer,
          names: found === '{' ? new Set() : undefined,
          name: undefined,
          index: 0,
        })
    }
  }
  return { offsets, repeated }
}
