import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/workspace.ts'
import type { Row } from './rows.ts'

const file = join(root, 'SECURITY.md')
const [begin, end] = [
  '<!-- made from tests/threats/rows/ by npm run check:threats -- --write -->',
  '<!-- end of what is made -->',
]

/**
 * The rows as a Markdown table: the threat, the attackers, the defence, and the files that hold it.
 */
export function makeTable(rows: readonly Row[]): string {
  const lines = rows.map(({ id, threat, from, defence, patches }) => {
    const files = [...new Set(patches.map((patch) => patch.file))].map((path) => `\`${path}\``)
    return `| ${id} | ${threat} | ${from} | ${defence} | ${files.join(', ')} |`
  })
  return [
    '| | Threat | From | What stands against it | Where |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n')
}

function splitDocument(): readonly [before: string, table: string, after: string] {
  const text = readFileSync(file, 'utf8')
  const [before = '', rest] = text.split(`${begin}\n`)
  const [table = '', after] = rest?.split(`\n${end}`) ?? []
  if (after === undefined)
    throw new Error(`SECURITY.md has lost the marks of its table: ${begin} and ${end}`)
  return [before, table, after]
}

/** The current table of SECURITY.md. */
export const readTable = (): string => splitDocument()[1]

/** Writes the table into SECURITY.md. */
export function writeTable(rows: readonly Row[]): void {
  const [before, , after] = splitDocument()
  writeFileSync(file, `${before}${begin}\n${makeTable(rows)}\n${end}${after}`)
}
