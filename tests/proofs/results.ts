import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatTable, type Line } from './table.ts'

/** The run that measured the figures. */
export interface Run {
  readonly command: string
  readonly date: string
  readonly node: string
  readonly cores: number
  /** The load of the machine before the proofs started. */
  readonly load: number
}

/** The committed figures in `results.json`; `RESULTS.md` is generated from it. */
export interface Results {
  readonly rows: readonly { readonly run: Run; readonly line: Line }[]
}

const json = join(import.meta.dirname, 'results.json')
const page = join(import.meta.dirname, 'RESULTS.md')

/**
 * Writes both files. A whole run replaces all rows; a run of some parts replaces only their rows.
 */
export function writeResults(run: Run, lines: readonly Line[], isWhole: boolean): void {
  const before: Results =
    !isWhole && existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : { rows: [] }
  const results = replaceRows(before, run, lines)
  writeFileSync(json, `${JSON.stringify(results)}\n`)
  writeFileSync(page, renderResults(results))
}

/** Replaces the rows of the same proof, whatever its size was, and adds the new ones. */
export function replaceRows({ rows }: Results, run: Run, lines: readonly Line[]): Results {
  const fresh = new Map(lines.map((line) => [keyOf(line), { run, line }]))
  const kept = rows.map((row) => fresh.get(keyOf(row.line)) ?? row)
  const known = new Set(rows.map((row) => keyOf(row.line)))
  return { rows: [...kept, ...[...fresh.values()].filter(({ line }) => !known.has(keyOf(line)))] }
}

const keyOf = ({ target, store, what }: Line) => `${target} ${store} ${what.replace(/\d+/g, '#')}`

export function renderResults({ rows }: Results): string {
  const runs = new Map<string, { run: Run; names: string[] }>()
  for (const { run, line } of rows) {
    const same = runs.get(JSON.stringify(run)) ?? { run, names: [] }
    same.names.push(`${line.target} ${line.store}`)
    runs.set(JSON.stringify(run), same)
  }
  const [first, ...again] = [...runs.values()].sort((a, b) => b.names.length - a.names.length)
  const wrong = rows.flatMap(({ line: { target, store, what, faults } }) =>
    faults.length === 0 ? [] : [`${target} ${store}: ${what}: ${faults.join(', ')}`],
  )
  return `# Proofs: figures

Written by ${first && sayRun(first.run)}. ${again.map(({ run, names }) => `${[...new Set(names)].join(', ')}: by ${sayRun(run)}. `).join('')}Times are those of a
machine with such a load. What each target asks for, and how it is shown, is in \`tests/proofs/README.md\`.

${formatTable(rows.map(({ line }) => line))}

${wrong.length === 0 ? 'Every count that must be 0 is 0.' : `**Not as it must be:** ${wrong.join('; ')}`}
`
}

const sayRun = ({ command, date, node, cores, load }: Run) =>
  `\`${command}\` on ${cores} cores, Node ${node}, ${date}, at a load of ${load.toFixed(1)} before it began`
