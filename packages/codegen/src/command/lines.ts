/** What the command prints. */
import { currentLanguage, printable, type Remedy, RemedyError } from '@wechatpay-entrust/base'
import { DocumentError, type DocumentNote, type DocumentProblem } from '@wechatpay-entrust/openapi'

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

/** The line of a note. */
export const noteLine = ({ file, place, message }: DocumentNote): string =>
  printable(`note: ${file}${place && ` ${place}`}: ${message}`)

/** Node's own texts about arguments have several lines. */
export const onOneLine = (text: string): string => printable(text.replace(/\s*\n\s*/g, ' '))
