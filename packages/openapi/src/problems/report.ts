import type { Place, TextPosition } from '../source/source.ts'
import type { DocumentProblem, DocumentProblemCode } from './document-error.ts'
import { expectations } from './expectations.ts'
import { collectNotes, type DocumentNote, type DocumentNoteCode } from './notes.ts'

/** Where something is: a value in a file, or a file with or without a line. */
export type At = Place | ({ readonly file: string } & Partial<TextPosition>)

/** Collects what is wrong and what must be noted while documents are read. */
export interface Report {
  /** `detail` completes the expectation of the code; `help` replaces its remedy. */
  problem(code: DocumentProblemCode, at: At, found: string, detail?: string): void
  /** Notes with the same code and text are joined; `item` is what each is about. */
  note(code: DocumentNoteCode, at: At, text: string, item?: string): void
  readonly problems: readonly DocumentProblem[]
  notes(): DocumentNote[]
}

export function createReport(): Report {
  const problems: DocumentProblem[] = []
  const collected = collectNotes()
  return {
    problem(code, at, found, detail = '') {
      const { expected, remedy } = expectations[code]
      const problem: DocumentProblem = {
        code,
        ...positionOf(at),
        found,
        expected: detail === '' ? expected : detail,
        remedy,
      }
      const isKnown = problems.some(
        (known) =>
          known.code === code &&
          known.file === problem.file &&
          known.place === problem.place &&
          known.found === found,
      )
      if (!isKnown) problems.push(problem)
    },
    note(code, at, text, item) {
      collected.add(code, fileOf(at), 'source' in at ? `#${at.pointer}` : '', text, item)
    },
    problems,
    notes: collected.list,
  }
}

const fileOf = (at: At): string => ('source' in at ? at.source.file : at.file)

function positionOf(at: At) {
  if ('source' in at)
    return { file: at.source.file, place: `#${at.pointer}`, ...at.source.locate(at.pointer) }
  const { file, line, column } = at
  return { file, ...(line !== undefined && column !== undefined && { line, column }) }
}
