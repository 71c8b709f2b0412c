/** What the command prints. */
import { currentLanguage, printable, type Remedy, RemedyError } from '@wechatpay-entrust/base'
import { DocumentError, type DocumentNote, type DocumentProblem } from '@wechatpay-entrust/openapi'

const notesOfAKind = 3

/** One line for each problem of the documents, or the message of another error. */
export function errorLines(error: unknown): string[] {
  if (error instanceof DocumentError) return error.problems.map(problemLine)
  if (!(error instanceof RemedyError)) return [printable((error as Error)?.message ?? error)]
  return [inLanguage(error.message, error.remedy)]
}

function problemLine({ file, line, column, place, found, expected, remedy }: DocumentProblem) {
  const position = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`
  const where = `${file}${position}${place === undefined ? '' : ` ${place}`}`
  return inLanguage(`${where}: found ${found}; expected ${expected}. ${remedy.en}`, remedy)
}

/** A message ends with the English remedy. In Chinese, the Chinese one takes its place. */
function inLanguage(message: string, remedy: Remedy | undefined): string {
  if (remedy === undefined || currentLanguage() === 'en') return printable(message)
  const text = message.endsWith(remedy.en) ? message.slice(0, -remedy.en.length) : `${message} `
  return printable(`${text}处理办法：${remedy.zh}`)
}

/** The notes, and of each kind only the first ones unless `all`. */
export function noteLines(notes: readonly DocumentNote[], all: boolean): string[] {
  const codes = [...new Set(notes.map(({ code }) => code))]
  return codes.flatMap((kind) => {
    const ofKind = notes.filter(({ code }) => code === kind)
    const shown = all ? ofKind : ofKind.slice(0, notesOfAKind)
    const lines = shown.map(({ file, place, message }) =>
      printable(`note: ${file}${place && ` ${place}`}: ${message}`),
    )
    const more = ofKind.length - shown.length
    return more === 0 ? lines : [...lines, `note: ${more} more of the kind ${kind} (--verbose)`]
  })
}
