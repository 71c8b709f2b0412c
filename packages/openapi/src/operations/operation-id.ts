/**
 * The id of an operation without `operationId`, from method and path alone: no other operation can
 * change it, and no two operations have the same. It is an identifier: `get_v3_pay_transactions_id_$transactionId`.
 *
 * - a segment: `_`, then its text; `-x` becomes `X`, `_` becomes `__`
 * - a parameter `{out_trade_no}`: `_$`, then its name; `_x` becomes `X`
 * - every other character: `$` and two hexadecimal digits for each of its bytes in UTF-8
 */
export function deriveOperationId(method: string, path: string): string {
  const segments = path.split('/').slice(1)
  return `${method.toLowerCase()}${segments.map((segment) => `_${segmentText(segment)}`).join('')}`
}

function segmentText(segment: string): string {
  const [, parameter] = /^\{([^{}]+)\}$/.exec(segment) ?? []
  if (parameter !== undefined)
    return `$${parameter.replace(/(?<!^)_([a-z])|[^a-z\d]|^\d/g, (text, letter) => letter?.toUpperCase() ?? escapeText(text))}`
  return segment.replace(/-([a-z])|_|[^a-z\d]/g, (text, letter, index) => {
    if (letter !== undefined) return letter.toUpperCase()
    return text === '_' && index > 0 ? '__' : escapeText(text)
  })
}

const escapeText = (text: string): string =>
  [...new TextEncoder().encode(text)]
    .map((byte) => `$${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
