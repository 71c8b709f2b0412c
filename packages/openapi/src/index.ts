export type { OpenApiDocument } from './document/openapi-document.ts'
export type { ReadDocumentsOptions } from './options.ts'
export {
  DocumentError,
  type DocumentProblem,
  type DocumentProblemCode,
} from './problems/document-error.ts'
export { type DocumentNote, type DocumentNoteCode, noteLine } from './problems/notes.ts'
export { type ReadDocuments, readDocuments } from './read-documents.ts'
