/** A path template, split at its slashes. */
export interface PathTemplate {
  readonly segments: readonly Segment[]
}

interface Segment {
  /** Matches the whole segment; the groups are its parameters. Undefined: the segment is `text`. */
  readonly pattern: RegExp | undefined
  readonly text: string
  readonly names: readonly string[]
  /** 0 without parameters, 1 with text beside a parameter, 2 for a parameter alone. */
  readonly rank: number
}

/** The path parameters, decoded. */
export type PathTexts = Readonly<Record<string, string>>

export function parseTemplate(path: string): PathTemplate {
  return { segments: splitPath(path).map(parseSegment) }
}

function parseSegment(text: string): Segment {
  const names = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)
  if (names.length === 0) return { pattern: undefined, text, names, rank: 0 }
  const source = text
    .split(/\{[^{}]*\}/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('(.+?)')
  const rank = /^\{[^{}]*\}$/.test(text) ? 2 : 1
  return { pattern: new RegExp(`^${source}$`, 's'), text, names, rank }
}

/** The segments of a path as sent, decoded. A wrong escape is left as it is. */
export const splitPath = (path: string): string[] => path.split('/').slice(1).map(decode)

/** The parameters of a path that fits the template; undefined if it does not fit. */
export function matchPath(
  { segments }: PathTemplate,
  texts: readonly string[],
): PathTexts | undefined {
  if (segments.length !== texts.length) return undefined
  const params: [string, string][] = []
  for (const [index, { pattern, text, names }] of segments.entries()) {
    const given = texts[index] ?? ''
    if (pattern === undefined) {
      if (given !== text) return undefined
      continue
    }
    const found = pattern.exec(given)
    if (found === null) return undefined
    names.forEach((name, at) => void params.push([name, found[at + 1] ?? '']))
  }
  return Object.fromEntries(params)
}

/** For sorting: static segments before parameters, from the left. */
export function compareTemplates(one: PathTemplate, other: PathTemplate): number {
  for (const [index, { rank }] of one.segments.entries()) {
    const difference = rank - (other.segments[index]?.rank ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The same text for two templates that differ in the names of their parameters only. */
export const shapeOf = (method: string, path: string): string =>
  `${method} ${path.replace(/\{[^{}]*\}/g, '{}')}`

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
