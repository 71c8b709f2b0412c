import { printable } from '@wechatpay-entrust/base'

/** What a note is about. */
export type DocumentNoteCode =
  | 'operation-id'
  | 'operation-left-out'
  | 'path-pair'
  | 'parameter'
  | 'media-type'
  | 'response'
  | 'reference-target'
  | 'schema-keyword'
  | 'schema-name'
  | 'example'
  | 'extension'
  | 'webhook'
  | 'version'

/** A default that was applied, or something that was left out. */
export interface DocumentNote {
  /** Relative to the working directory. */
  readonly file: string
  /** A JSON Pointer, `#/paths/…`: the first place, if there are several. */
  readonly place: string
  readonly code: DocumentNoteCode
  /** One line of English. */
  readonly message: string
  /** How many places it is about. */
  readonly count: number
}

/** The line that a command prints. */
export const noteLine = ({ file, place, message }: DocumentNote): string =>
  printable(`note: ${file}${place && ` ${place}`}: ${message}`)

/** More names than these only make a text longer. */
const namedItems = 3

/** Joins the notes that differ only in their place. */
export function collectNotes() {
  const groups = new Map<
    string,
    {
      file: string
      place: string
      code: DocumentNoteCode
      text: string
      items: string[]
      count: number
    }
  >()
  return {
    add(code: DocumentNoteCode, file: string, place: string, text: string, item?: string): void {
      const key = `${code} ${text}`
      const group = groups.get(key) ?? { file, place, code, text, items: [], count: 0 }
      groups.set(key, group)
      if (item !== undefined && group.items.includes(item)) return
      group.count += 1
      if (item !== undefined) group.items.push(item)
    },
    list: (): DocumentNote[] =>
      [...groups.values()].map(({ file, place, code, text, items, count }) => {
        const more = items.length > namedItems ? ` and ${items.length - namedItems} more` : ''
        const isPlace = items.length === 1 && items[0] === `${file}${place}`
        const list =
          items.length === 0 || isPlace ? '' : `: ${items.slice(0, namedItems).join(', ')}${more}`
        return { file, place, code, message: `${text}${list}`, count }
      }),
  }
}
