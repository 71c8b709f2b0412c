import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Check, Outcome } from '../checks/check.ts'
import { root } from '../workspace.ts'

/** The result of the last run of a part of the long lane. */
export interface HeavyRow {
  readonly part: string
  readonly holds: string
  readonly state: 'passed' | 'failed'
  readonly note: string
  /** YYYY-MM-DD. */
  readonly date: string
  readonly node: string
  readonly seconds: number
}

const json = join(root, 'tests', 'heavy.json')
const page = join(root, 'tests', 'HEAVY.md')

/** Replaces the row of one part. A skipped part keeps its row, because a skip proves nothing. */
export function writeHeavyResults(
  { name, holds }: Check,
  outcome: Outcome,
  seconds: number,
  now = new Date(),
): void {
  if (outcome.state === 'skipped') return
  const rows: readonly HeavyRow[] = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : []
  const row: HeavyRow = {
    part: name,
    holds,
    state: outcome.state,
    note: (outcome.state === 'passed' && outcome.note) || '',
    date: now.toISOString().slice(0, 10),
    node: process.versions.node,
    seconds: Math.round(seconds),
  }
  const all = replaceRow(rows, row)
  writeFileSync(json, `${JSON.stringify(all, undefined, 2)}\n`)
  writeFileSync(page, renderHeavyResults(all))
}

/** Returns the rows with the new row in place of the part's old one. */
export function replaceRow(rows: readonly HeavyRow[], row: HeavyRow): HeavyRow[] {
  const isKnown = rows.some(({ part }) => part === row.part)
  return isKnown ? rows.map((one) => (one.part === row.part ? row : one)) : [...rows, row]
}

/** The page that is committed. */
export function renderHeavyResults(rows: readonly HeavyRow[]): string {
  const lines = rows.map(
    ({ part, holds, state, note, date, node, seconds }) =>
      `| ${[part, holds, state, note, date, node, `${seconds} s`].map(inCell).join(' | ')} |`,
  )
  return `# The long lane: results of the last runs

Written by \`npm run test:heavy\`; run the parts that a change touches and commit this page. The figures of
\`proofs\` are in \`tests/proofs/RESULTS.md\`.

| part | what holds | result | note | date | Node | took |
| --- | --- | --- | --- | --- | --- | --- |
${lines.join('\n')}
`
}

const inCell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
