/** What the command prints. */
import { currentLanguage, findingOf, printable, RemedyError } from '@wechatpay-entrust/base'
import { DocumentError } from '@wechatpay-entrust/openapi'

/** One line for each problem of the documents, or the message of another error. */
export function errorLines(error: unknown): string[] {
  if (error instanceof DocumentError) return error.lines()
  if (!(error instanceof RemedyError)) return [printable((error as Error)?.message ?? error)]
  const { message, remedy } = error
  if (remedy === undefined || currentLanguage() === 'en') return [printable(message)]
  return [printable(`${findingOf(error)} 处理办法：${remedy.zh}`)]
}

/** Node's own texts about arguments have several lines. */
export const onOneLine = (text: string): string => printable(text.replace(/\s*\n\s*/g, ' '))
