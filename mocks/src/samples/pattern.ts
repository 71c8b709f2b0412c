/**
 * A text that a regular expression matches, made of its first alternatives and the fewest repeats
 * that give `minLength`. Undefined for what it cannot do: look-around, back references, Unicode
 * properties.
 */
export function samplePattern(
  source: string,
  isValid: (text: string) => boolean,
  minLength: number,
): string | undefined {
  for (let extra = 0; extra <= Math.min(minLength, 64); extra += 1) {
    const text = new PatternReader(source, extra).read()
    if (text === undefined || isValid(text)) return text
  }
  return undefined
}

/** The character of a class of which the sample is made. */
const escapes: Readonly<Record<string, string>> = {
  ...{
    d: '0',
    D: 'x',
    w: 'x',
    W: '-',
    s: ' ',
    S: 'x',
    t: '\t',
    n: '\n',
    r: '\r',
    f: '\f',
    v: '\v',
  },
}
/** Candidates for a class that excludes characters. */
const common = ['x', '0', 'A', '-', ' ', '.', '微']

/** A longer text is not made. */
const longest = 100_000

class PatternReader {
  readonly #source: string
  /** How often an open repeat is repeated beyond its minimum. */
  readonly #extra: number
  #at = 0

  constructor(source: string, extra: number) {
    this.#source = source
    this.#extra = extra
  }

  read(): string | undefined {
    try {
      const text = this.#alternatives()
      return this.#at === this.#source.length ? text : undefined
    } catch (error) {
      if (error instanceof Unsupported) return undefined
      throw error
    }
  }

  get #next(): string {
    return this.#source[this.#at] ?? ''
  }

  /** Reads all alternatives, and returns the first. */
  #alternatives(): string {
    const first = this.#sequence()
    while (this.#next === '|') {
      this.#at += 1
      this.#sequence()
    }
    return first
  }

  #sequence(): string {
    let text = ''
    while (this.#at < this.#source.length && this.#next !== '|' && this.#next !== ')') {
      const item = this.#item()
      const count = this.#repeats()
      if (text.length + item.length * count > longest) throw new Unsupported()
      text += item.repeat(count)
    }
    return text
  }

  #item(): string {
    const char = this.#next
    this.#at += 1
    switch (char) {
      case '^':
      case '$':
        return ''
      case '.':
        return 'x'
      case '(':
        return this.#group()
      case '[':
        return this.#class()
      case '\\':
        return this.#escape()
      default:
        return char
    }
  }

  #group(): string {
    const [head = ''] = /^(\?(:|<[A-Za-z]\w*>))?/.exec(this.#source.slice(this.#at)) ?? []
    this.#at += head.length
    if (this.#next === '?') throw new Unsupported()
    const text = this.#alternatives()
    this.#at += 1
    return text
  }

  #class(): string {
    const [whole = ''] = /^(?:\\.|[^\]\\])*\]/s.exec(this.#source.slice(this.#at)) ?? []
    if (whole === '' || /\\[pPbBux]/.test(whole)) throw new Unsupported()
    this.#at += whole.length
    const text = whole.slice(0, -1)
    if (text.startsWith('^')) {
      const allowed = new RegExp(`^[${whole}`, 'u')
      const found = common.find((char) => allowed.test(char))
      if (found === undefined) throw new Unsupported()
      return found
    }
    if (!text.startsWith('\\')) return [...text][0] ?? ''
    return escapes[text[1] ?? ''] ?? text[1] ?? ''
  }

  #escape(): string {
    const char = this.#next
    this.#at += 1
    if (/[1-9kpPux]/.test(char)) throw new Unsupported()
    if (char === 'b' || char === 'B') return ''
    return escapes[char] ?? char
  }

  #repeats(): number {
    const [quantifier = '', least, comma, most] =
      /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at)) ?? []
    this.#at += quantifier.length
    if (quantifier === '') return 1
    const minimum = least === undefined ? Number(quantifier.startsWith('+')) : Number(least)
    const isFixed = least === undefined ? quantifier.startsWith('?') : comma === ''
    const maximum = most ? Number(most) : Number.POSITIVE_INFINITY
    return isFixed ? minimum : Math.min(maximum, minimum + this.#extra)
  }
}

class Unsupported extends Error {}
