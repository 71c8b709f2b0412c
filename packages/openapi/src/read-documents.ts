import type { Spec } from '@wechatpay-entrust/core'
import type { DocumentNote } from './problems/notes.ts'

/** A normalised OpenAPI 3.1 document: a plain object of JSON values. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: {
    readonly title: string
    readonly version: string
    readonly [name: string]: unknown
  }
  readonly paths: { readonly [path: string]: { readonly [method: string]: unknown } }
  readonly webhooks: { readonly [name: string]: { readonly [method: string]: unknown } }
  readonly components: { readonly schemas: { readonly [name: string]: unknown } }
  readonly [name: string]: unknown
}

/** How to read documents. */
export interface ReadDocumentsOptions {
  /** Globs over the path without its first slash, `v3/pay/**`: read only these operations. */
  readonly only?: readonly string[]
  /** Globs over the path without its first slash: leave these operations out. */
  readonly except?: readonly string[]
  /** A spec whose operations are left out, because the client has them already. Default: our own. */
  readonly own?: Spec | undefined
  /** Called with a line of text while many files are read. */
  readonly onProgress?: (line: string) => void
}

/** What was read. */
export interface ReadDocuments {
  /**
   * One OpenAPI 3.1 document with all operations that were chosen. The only `$ref`s are
   * `#/components/schemas/NAME`, and every operation has an `operationId`.
   */
  readonly document: OpenApiDocument
  /** The same as data, for client and mock. */
  readonly spec: Spec
  /** Defaults that were applied, and what was left out. */
  readonly notes: readonly DocumentNote[]
}

/**
 * Reads OpenAPI 3.0, 3.1 and Swagger 2.0 documents, YAML or JSON. An input is a file, or a folder
 * whose files are read in the order of their names.
 *
 * @throws DocumentError with all problems of all documents
 */
export async function readDocuments(
  _inputs: readonly string[],
  _options: ReadDocumentsOptions = {},
): Promise<ReadDocuments> {
  throw new Error('not written yet')
}
