/** The first place at which a text is not JSON, counted from 1. */
export interface JsonFault {
  readonly line: number
  readonly column: number
}

const space = /[ \t\r\n]*/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows no control character in a text
const text = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
const simple = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y

/**
 * Where a text that `JSON.parse` rejects is wrong. The engine's own message does not always say it,
 * and quotes the text, which may hold a secret.
 */
export function findJsonFault(source: string): JsonFault {
  let at = 0
  const read = (token: RegExp): boolean => {
    token.lastIndex = at
    const found = token.exec(source)
    at += found?.[0].length ?? 0
    return found !== null
  }
  const readMark = (mark: string): boolean => {
    read(space)
    const isThere = source[at] === mark
    if (isThere) at += 1
    return isThere
  }
  const readList = (end: string, item: () => boolean): boolean => {
    if (readMark(end)) return true
    do if (!item()) return false
    while (readMark(','))
    return readMark(end)
  }
  const readMember = (): boolean => {
    read(space)
    return read(text) && readMark(':') && readValue()
  }
  function readValue(): boolean {
    if (readMark('{')) return readList('}', readMember)
    if (readMark('[')) return readList(']', readValue)
    return read(text) || read(simple)
  }
  if (readValue()) read(space)
  const before = source.slice(0, at).split(/\r\n|\n|\r/)
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
