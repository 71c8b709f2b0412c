/** A file that was read. */
export interface Source {
  /** The absolute path. */
  readonly path: string
  /** The path for texts: relative to the working directory, with forward slashes. */
  readonly file: string
  readonly value: unknown
  /** Where the value of a JSON Pointer begins, or the nearest value above it. */
  locate(pointer: string): TextPosition
}

/** Both count from 1. */
export interface TextPosition {
  readonly line: number
  readonly column: number
}

/** A value in a file. */
export interface Place {
  readonly source: Source
  /** `/paths/…`; the empty text is the whole file. */
  readonly pointer: string
}

/** Text that is neither YAML nor JSON. */
export interface SyntaxProblem extends TextPosition {
  readonly code: 'yaml' | 'json'
  readonly found: string
}

/** A file, or why it cannot be read. */
export type Parsed =
  | { readonly value: unknown; readonly locate: Source['locate'] }
  | { readonly problems: readonly SyntaxProblem[] }

/** Line and column of an offset. */
export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
