import { currentLanguage, printable, type Remedy, RemedyError } from '@wechatpay-entrust/base'

/** Why documents cannot be read. */
export type DocumentProblemCode =
  | 'file'
  | 'folder'
  | 'yaml'
  | 'json'
  | 'not-openapi'
  | 'openapi-version'
  | 'structure'
  | 'reference'
  | 'reference-remote'
  | 'reference-circular'
  | 'schema-circular'
  | 'operation-id'
  | 'operation-id-repeated'
  | 'operation-repeated'
  | 'webhook-repeated'
  | 'media-type'
  | 'path'
  | 'extension'
  | 'example-file'
  | 'pattern-unused'
  | 'no-operations'

/** One problem of a document. */
export interface DocumentProblem {
  readonly code: DocumentProblemCode
  /** Relative to the working directory. */
  readonly file: string
  /** A JSON Pointer, `#/paths/…`; absent where the whole file is meant. */
  readonly place?: string
  /** Counted from 1, where the value begins. */
  readonly line?: number
  readonly column?: number
  readonly found: string
  readonly expected: string
  readonly remedy: Remedy
}

/**
 * The documents cannot be read. `problems` has all that is wrong, `code` and `remedy` are those of
 * the first.
 */
export class DocumentError extends RemedyError {
  override readonly name = 'DocumentError'
  readonly code: DocumentProblemCode
  readonly problems: readonly DocumentProblem[]

  constructor(problems: readonly [DocumentProblem, ...DocumentProblem[]]) {
    super(textOf(problems), remedyOf(problems))
    this.code = problems[0].code
    this.problems = problems
  }

  /** One line for each problem, with what to do in the language chosen: what a command prints. */
  lines(): string[] {
    return this.problems.map(({ found, expected, remedy, ...at }) => {
      const text = `${placeOf(at)}: found ${found}; expected ${expected}. `
      return printable(text + (currentLanguage() === 'en' ? remedy.en : `处理办法：${remedy.zh}`))
    })
  }
}

/** One line for each problem, then what to do for each kind. */
function textOf(problems: readonly DocumentProblem[]): string {
  const lines = problems.map(
    ({ found, expected, ...at }) => `${placeOf(at)}: found ${found}; expected ${expected}`,
  )
  const list =
    lines.length === 1 ? lines.join('') : `${lines.length} problems:\n- ${lines.join('\n- ')}\n`
  return `${list}${lines.length === 1 ? '. ' : ''}${remedyOf(problems).en}`
}

/** `orders.yaml:12:7 #/paths/…`: editors make a link of the first part. */
function placeOf({ file, line, column, place }: Partial<DocumentProblem>): string {
  const text = line === undefined ? `${file}` : `${file}:${line}:${column}`
  return place === undefined || place === '#' ? text : `${text} ${place}`
}

function remedyOf(problems: readonly DocumentProblem[]): Remedy {
  const remedies = [...new Map(problems.map(({ remedy }) => [remedy.en, remedy])).values()]
  return {
    en: remedies.map(({ en }) => en).join(' '),
    zh: remedies.map(({ zh }) => zh).join(''),
  }
}
