/** What a note is about. */
export type DocumentNoteCode = 'operation-id'

/** A default that was applied, or something that was left out. */
export interface DocumentNote {
  /** Relative to the working directory. */
  readonly file: string
  /** A JSON Pointer, `#/paths/…`. */
  readonly place: string
  readonly code: DocumentNoteCode
  /** One line of English. */
  readonly message: string
}
