import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { expect } from 'vitest'
import {
  DocumentError,
  type ReadDocuments,
  type ReadDocumentsOptions,
  readDocuments,
} from '../index.ts'

/** Files by name; a value that is no text is written as JSON. */
export type Files = { readonly [name: string]: unknown }

/** No operation of the client itself, so that any path can be used. */
const own = { operations: {} }

/**
 * Writes files into a new folder and reads them, all of them or `inputs`. The folder's name is
 * removed from the result.
 */
export async function readFiles(
  files: Files,
  options: ReadDocumentsOptions = {},
  inputs: readonly string[] = Object.keys(files),
): Promise<ReadDocuments> {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
  const shown = `${relative(process.cwd(), folder)}/`
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name)
      mkdirSync(dirname(path), { recursive: true })
      const isBytes = content instanceof Uint8Array || typeof content === 'string'
      writeFileSync(path, isBytes ? content : JSON.stringify(content, undefined, 2))
    }
    const read = await readDocuments(
      inputs.map((name) => join(folder, name)),
      { own, ...options },
    )
    return withoutFolder(read, shown)
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    const [first, ...others] = withoutFolder(error.problems, shown)
    throw first ? new DocumentError([first, ...others]) : error
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function withoutFolder<Value>(value: Value, shown: string): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(shown, '').replaceAll(shown.slice(0, -1), '.'))
}

/** The error of documents that cannot be read. */
export async function failureOf(
  files: Files,
  options?: ReadDocumentsOptions,
  inputs?: readonly string[],
): Promise<DocumentError> {
  const error = await readFiles(files, options, inputs).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DocumentError)
  return error as DocumentError
}

/** The problems in one line each, as they are in the message. */
export const linesOf = ({ problems }: DocumentError): string[] =>
  problems.map(
    ({ code, file, line, column, place, found, expected }) =>
      `${code} | ${file}:${line ?? '-'}:${column ?? '-'} ${place ?? ''} | ${found} | ${expected}`,
  )

/** The notes in one line each. */
export const notesOf = ({ notes }: ReadDocuments): string[] =>
  notes.map(({ code, file, place, message }) => `${code} | ${file} ${place} | ${message}`)

/** A document of OpenAPI 3.1 with these paths. */
export const documentOf = (paths: object, others: object = {}) => ({
  openapi: '3.1.0',
  info: { title: 'Test', version: '1' },
  paths,
  ...others,
})

/** Responses that need no schema. */
export const ok = { responses: { '204': { description: 'done' } } }

/** A document with one operation, `GET /v3/orders`, without arguments. */
export const oneOperation = (operation: object = {}, others: object = {}) =>
  documentOf({ '/v3/orders': { get: { operationId: 'getOrders', ...ok, ...operation } } }, others)

/** A document with one operation, `POST /v3/orders`, whose body has the schema. */
export const withSchema = (schema: unknown, others: object = {}) =>
  documentOf(
    {
      '/v3/orders': {
        post: {
          operationId: 'createOrder',
          requestBody: { required: true, content: { 'application/json': { schema } } },
          ...ok,
        },
      },
    },
    others,
  )

/** The schema of the body of `withSchema`, as data. */
export const bodySchemaOf = ({ spec }: ReadDocuments) => spec.operations.createOrder?.request?.json

/** Reads documents, as `a.json`, `b.json` …, and their notes. */
export async function notesWith(...documents: object[]) {
  const files = documents.map((document, index) => [`${'abc'[index]}.json`, document])
  const made = await readFiles(Object.fromEntries(files))
  return { made, notes: notesOf(made) }
}
