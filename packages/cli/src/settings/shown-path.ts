/**
 * A path as errors show it. A user may have put the text of a key where its path belongs: what does
 * not look like a path is not shown.
 */
export function shownPath(path: string): string {
  const isPath = path.length <= 300 && !/[\r\n]|-----/.test(path)
  const looksLikePath = /^(?:\.{0,2}|~|[a-z]:)[/\\]/i.test(path) || /\.[\w-]{1,12}$/.test(path)
  return isPath && (looksLikePath || path.length < 24)
    ? path
    : 'a text that does not look like a path'
}
