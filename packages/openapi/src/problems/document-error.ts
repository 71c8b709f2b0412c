import { type Remedy, RemedyError } from '@wechatpay-entrust/base'

/** One problem of a document. */
export interface DocumentProblem {
  readonly code: string
  /** As it was given, or relative to the folder that was given. */
  readonly file: string
  /** A JSON Pointer, `#/paths/…`; absent where the whole file is meant. */
  readonly place?: string
  /** Counted from 1, where the place is known in the text of the file. */
  readonly line?: number
  readonly column?: number
  readonly found: string
  readonly expected: string
  readonly remedy: Remedy
}

/** The documents cannot be read. `problems` has all that is wrong, not only the first. */
export class DocumentError extends RemedyError {
  override readonly name = 'DocumentError'
  readonly code: string
  readonly problems: readonly DocumentProblem[]

  constructor(problems: readonly DocumentProblem[]) {
    super(problems.map(({ file, found }) => `${file}: ${found}`).join('\n'), problems[0]?.remedy)
    this.code = problems[0]?.code ?? ''
    this.problems = problems
  }
}
