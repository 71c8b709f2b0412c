// Makes line feeds and other invisible characters visible, and finds where two texts differ.

/**
 * @typedef {{ readonly text: string, readonly name?: string, readonly isBreak?: boolean }} Piece
 * `name`: the name of an invisible character.
 */
/** @typedef {{ readonly text: string, readonly differs: boolean }} Part */

// Control characters, zero-width and direction marks, byte order mark, lone surrogates: they are
// invisible, or reverse the text around them.
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0]/u

/** @type {Readonly<Record<string, string>>} */
const names = { '\n': '↵', '\r': 'CR', '\t': '⇥', '\ufeff': 'BOM', '\0': 'NUL', '\u00a0': 'NBSP' }

/**
 * @param {string} text
 * @returns {Piece[]}
 */
export function visiblePieces(text) {
  /** @type {Piece[]} */
  const pieces = []
  let plain = ''
  const flush = () => {
    if (plain !== '') pieces.push({ text: plain })
    plain = ''
  }
  for (const char of text) {
    if (!hidden.test(char)) {
      plain += char
      continue
    }
    flush()
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    pieces.push({ text: char, name: names[char] ?? `U+${code}`, isBreak: char === '\n' })
  }
  flush()
  return pieces
}

/**
 * Splits two texts into parts; the middle parts differ.
 *
 * @param {string} one
 * @param {string} other
 * @returns {[Part[], Part[]]}
 */
export function compareTexts(one, other) {
  const [a, b] = [[...one], [...other]]
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start += 1
  let end = 0
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  /** @param {string[]} chars */
  const parts = (chars) =>
    [
      { text: chars.slice(0, start).join(''), differs: false },
      { text: chars.slice(start, chars.length - end).join(''), differs: true },
      { text: chars.slice(chars.length - end).join(''), differs: false },
    ].filter(({ text }) => text !== '')
  return [parts(a), parts(b)]
}

/**
 * @typedef {{ readonly label: string, readonly arrived: string | undefined, readonly signed: string
 * | undefined }} LinePair Each with its line feed.
 */

const labels = ['Method', 'Path and query', 'Timestamp', 'Nonce', 'Body']

/**
 * Pairs the parts of the text that should have been signed with those of the text that was signed:
 * four lines and the body.
 *
 * @param {string} arrived
 * @param {string} signed
 * @returns {LinePair[]}
 */
export function pairLines(arrived, signed) {
  const [mine, theirs] = [partsOfText(arrived), partsOfText(signed)]
  return labels.map((label, index) => ({ label, arrived: mine[index], signed: theirs[index] }))
}

/**
 * The parts of a text to sign with their labels.
 *
 * @param {string} text
 */
export const labelParts = (text) =>
  partsOfText(text).map((part, index) => ({ label: labels[index] ?? '', part }))

/** @param {string} text */
function partsOfText(text) {
  const found = /^([^\n]*\n)([^\n]*\n)?([^\n]*\n)?([^\n]*\n)?([\s\S]*)$/.exec(text)
  return found === null ? [text] : found.slice(1).filter((part) => part !== undefined)
}
