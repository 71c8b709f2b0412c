export { DocumentError, type DocumentProblem } from './problems/document-error.ts'
export type { DocumentNote, DocumentNoteCode } from './problems/notes.ts'
export {
  type OpenApiDocument,
  type ReadDocuments,
  type ReadDocumentsOptions,
  readDocuments,
} from './read-documents.ts'
