const longestText = 256

/** Makes a text from outside fit for a log: one line, no control or direction characters, short, nobody's data. */
export function presentable(text: string, personal: readonly string[], longest = longestText): string {
  const masked = personal.reduce((rest, value) => rest.replaceAll(value, '[…]'), text)
  const line = masked.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}

/** WeChat Pay's id of the exchange. */
export function requestIdOf(response: Response): string | undefined {
  const id = response.headers.get('request-id')
  return id === null || id === '' ? undefined : presentable(id, [])
}
