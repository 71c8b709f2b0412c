import { currentLanguage, printable } from '@wechatpay-entrust/base'
import type { Spec } from '@wechatpay-entrust/core'

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
  const { readDocuments } = await import('@wechatpay-entrust/openapi')
  const { spec, notes } = await readDocuments(files)
  for (const { file, place, message } of notes)
    log(printable(`note: ${file}${place && ` ${place}`}: ${message}`))
  return [spec]
}

interface Problem {
  readonly file: string
  readonly place?: string
  readonly line?: number
  readonly column?: number
  readonly found: string
  readonly expected: string
  readonly remedy: { readonly en: string; readonly zh: string }
}

/** One line for each problem of the documents; undefined for another error. */
export function problemLines(error: unknown): string[] | undefined {
  if (!(error instanceof Error) || error.name !== 'DocumentError') return undefined
  const { problems } = error as Error & { problems: readonly Problem[] }
  return problems.map(({ file, place, line, column, found, expected, remedy }) => {
    const position = line === undefined ? '' : `:${line}:${column ?? 1}`
    const where = `${file}${position}${place === undefined ? '' : ` ${place}`}`
    const text = `${where}: found ${found}; expected ${expected}. `
    return printable(text + (currentLanguage() === 'en' ? remedy.en : `处理办法：${remedy.zh}`))
  })
}
