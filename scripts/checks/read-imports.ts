// Reads the imports of a TypeScript source without a compiler: the one in the workspace has no API for it, and a bare regular
// expression would find imports in comments and strings, which docstrings here are full of.

export interface Import {
  readonly specifier: string
  /** `import type` or `export type`: nothing of it is left at run time. */
  readonly typeOnly: boolean
  readonly line: number
}

interface Token {
  readonly kind: 'word' | 'string' | 'sign'
  readonly text: string
  readonly line: number
}

/** The specifiers of all static, dynamic and re-exporting imports, in order. */
export function readImports(source: string): Import[] {
  const tokens = tokenize(source)
  return tokens.flatMap((token, at) => {
    const specifier = isImport(tokens, at) ? findSpecifier(tokens, at) : undefined
    if (specifier === undefined) return []
    return [{ specifier: specifier.text, typeOnly: isTypeOnly(tokens, at), line: token.line }]
  })
}

/** Whether a source uses a name, outside of comments and strings. */
export const usesWord = (source: string, word: string): boolean =>
  tokenize(source).some(({ kind, text }) => kind === 'word' && text === word)

function isImport(tokens: readonly Token[], at: number): boolean {
  const { kind, text } = tokens[at] as Token
  return kind === 'word' && ['import', 'export', 'require'].includes(text) && tokens[at - 1]?.text !== '.'
}

function isTypeOnly(tokens: readonly Token[], at: number): boolean {
  if (tokens[at - 1]?.text === 'typeof') return true
  return tokens[at + 1]?.text === 'type' && !['from', ','].includes(tokens[at + 2]?.text ?? '')
}

function findSpecifier(tokens: readonly Token[], at: number): Token | undefined {
  const keyword = tokens[at]?.text
  const next = tokens[at + 1]
  if (keyword === 'import' && next?.kind === 'string') return next
  if (next?.text === '(' && keyword !== 'export') return tokens[at + 2]?.kind === 'string' ? tokens[at + 2] : undefined
  if (keyword === 'require') return undefined
  // From here on only names, braces, commas and stars may stand before `from '…'`.
  for (let i = at + 1; i < tokens.length; i++) {
    const token = tokens[i] as Token
    if (token.text === 'from' && tokens[i + 1]?.kind === 'string') return tokens[i + 1]
    if (token.kind === 'sign' && !'{},*'.includes(token.text)) return undefined
    if (keyword === 'export' && i === at + 1 && token.kind === 'word' && token.text !== 'type') return undefined
  }
  return undefined
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  const templates: number[] = [] // for each open `${`, the braces that are open inside it
  let line = 1
  let at = 0
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at
    const text = pattern.exec(source)?.[0] ?? ''
    at += text.length
    line += text.split('\n').length - 1
    return text
  }
  while (at < source.length) {
    const char = source[at] as string
    const start = line
    if (take(/\s+|\/\/.*|\/\*[\s\S]*?\*\//y) !== '') continue
    if (char === "'" || char === '"') {
      const text = take(/'(?:[^'\\\n]|\\[\s\S])*'?|"(?:[^"\\\n]|\\[\s\S])*"?/y)
      tokens.push({ kind: 'string', text: text.slice(1, -1), line: start })
    } else if (char === '`' || (char === '}' && templates.at(-1) === 0)) {
      if (char === '}') templates.pop()
      const text = take(/[`}](?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)?/y)
      if (text.endsWith('${')) templates.push(0)
      else if (char === '`') tokens.push({ kind: 'string', text: text.slice(1, -1), line: start })
    } else if (char === '/' && startsRegExp(tokens.at(-1))) {
      take(/\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*|\//y)
      tokens.push({ kind: 'string', text: '', line: start })
    } else {
      const word = take(/[\p{L}\p{N}_$]+/uy)
      if (word === '') {
        at++
        if (templates.length > 0 && char === '{') templates[templates.length - 1] = (templates.at(-1) ?? 0) + 1
        if (templates.length > 0 && char === '}') templates[templates.length - 1] = (templates.at(-1) ?? 0) - 1
      }
      tokens.push({ kind: word === '' ? 'sign' : 'word', text: word || char, line: start })
    }
  }
  return tokens
}

/** A slash divides after a value, and opens a regular expression after anything else. */
const startsRegExp = (before: Token | undefined): boolean => {
  if (before === undefined) return true
  if (before.kind === 'word')
    return ['return', 'typeof', 'case', 'in', 'of', 'await', 'void', 'delete'].includes(before.text)
  return before.kind === 'sign' && ![')', ']', '}'].includes(before.text)
}
