/**
 * Whether a path fits a pattern. `*` stands for a part of one segment, `**` for any number of
 * segments; everything else stands for itself, also the braces of `{order_id}`. Node's own
 * `matchesGlob` is experimental in Node 22, and reads braces as alternatives.
 */
export function matchesPattern(path: string, pattern: string): boolean {
  const segments = pattern.replace(/^\//, '').split('/')
  return matches(path.replace(/^\//, '').split('/'), segments)
}

function matches(path: readonly string[], pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return path.length === 0
  if (first === '**')
    return matches(path, rest) || (path.length > 0 && matches(path.slice(1), pattern))
  const [segment, ...others] = path
  return segment !== undefined && matchesSegment(segment, first) && matches(others, rest)
}

const matchesSegment = (segment: string, pattern: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((text) => escapeText(text))
      .join('.*')}$`,
  ).test(segment)

const escapeText = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
