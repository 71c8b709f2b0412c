import type { Spec } from '@wechatpay-entrust/core'
import type { DocumentError } from '@wechatpay-entrust/openapi'

/**
 * Reads OpenAPI documents for the mock, and gives each note about them to `log`. The reader is loaded
 * here, because most mocks do not need it.
 *
 * @throws {DocumentError} with all problems of all documents
 */
export async function readDocumentsFor(
  files: readonly string[],
  log: (line: string) => void,
): Promise<readonly Spec[]> {
  if (files.length === 0) return []
  const { noteLine, readDocuments } = await import('@wechatpay-entrust/openapi')
  const { spec, notes } = await readDocuments(files)
  for (const note of notes) log(noteLine(note))
  return [spec]
}

/** One line for each problem of the documents; undefined for another error. */
export function problemLines(error: unknown): string[] | undefined {
  // By name: most mocks do not load the class.
  const isAboutDocuments = error instanceof Error && error.name === 'DocumentError'
  return isAboutDocuments ? (error as DocumentError).lines() : undefined
}
