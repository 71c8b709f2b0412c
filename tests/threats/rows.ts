import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../../scripts/workspace.ts'

/** A small edit that takes one defence out, and the test that must notice. */
export interface Patch {
  /** The defence that it takes out, in a few words. */
  readonly without: string
  readonly file: string
  /** Stands exactly once in the file; any white space fits any other. */
  readonly find: string
  readonly replace: string
  readonly test: string
  /** Part of the test's name, the row's id included. */
  readonly fails: string
  /** Part of the error that the test ends with, where that is no assertion of its own. */
  readonly by?: string
}

/** One threat, as `tests/threats/rows/T-05.yaml` tells it. */
export interface Row {
  readonly id: string
  readonly threat: string
  /** Attackers by their letters in SECURITY.md. */
  readonly from: string
  readonly defence: string
  readonly patches: readonly Patch[]
}

export const allIds: readonly string[] = Array.from(
  { length: 41 },
  (_, index) => `T-${String(index + 1).padStart(2, '0')}`,
)

const fields = ['without', 'file', 'find', 'replace', 'test', 'fails'] as const

/** Reads one row; says which field is missing or of another type. */
export function parseRow(id: string, yaml: string): Row {
  const row = parse(yaml) as Partial<Row> | null
  const problems = (['threat', 'from', 'defence'] as const).filter(
    (name) => typeof row?.[name] !== 'string',
  )
  if (problems.length > 0 || !Array.isArray(row?.patches) || row.patches.length === 0)
    throw new Error(
      `${id}.yaml: expected threat, from, defence and patches; ${problems.join(', ') || 'patches'} missing`,
    )
  for (const patch of row.patches as Partial<Patch>[]) {
    const missing = fields.filter(
      (name) => typeof patch[name] !== 'string' || (name !== 'replace' && patch[name] === ''),
    )
    if (missing.length > 0) throw new Error(`${id}.yaml: a patch without ${missing.join(', ')}`)
    if (!patch.fails?.includes(id))
      throw new Error(`${id}.yaml: the name of a test must have the id in it: "${patch.fails}"`)
    if (/^\/|(^|\/)\.\.(\/|$)/.test(`${patch.file}`))
      throw new Error(`${id}.yaml: ${patch.file} is outside of the tree`)
  }
  return { ...(row as Row), id }
}

const folder = join(root, 'tests/threats/rows')

/** All rows that have a file. */
export function readRows(): Row[] {
  const names = readdirSync(folder).filter((name) => /^T-\d+\.yaml$/.test(name))
  return names
    .sort()
    .map((name) => parseRow(name.slice(0, -5), readFileSync(join(folder, name), 'utf8')))
}

/** Rows that nothing holds yet, and why. */
export const readPending = (): Readonly<Record<string, string>> =>
  parse(readFileSync(join(folder, 'pending.yaml'), 'utf8')) ?? {}

/** What is wrong between the rows, the pending ones and the whole list. */
export function findRowProblems(
  rows: readonly Pick<Row, 'id'>[],
  pending: Readonly<Record<string, string>>,
  all: readonly string[] = allIds,
): string[] {
  const patched = rows.map(({ id }) => id)
  return [
    ...all
      .filter((id) => !patched.includes(id) && !(id in pending))
      .map((id) => `${id} has neither a patch nor a place in pending.yaml`),
    ...patched
      .filter((id) => id in pending)
      .map((id) => `${id} has a patch: take it out of pending.yaml`),
    ...[...patched, ...Object.keys(pending)]
      .filter((id) => !all.includes(id))
      .map((id) => `${id} is no row of the table`),
  ]
}

/** The text with the defence taken out, or why that could not be done. */
export function applyPatch(
  text: string,
  { file, find, replace }: Pick<Patch, 'file' | 'find' | 'replace'>,
): string {
  const words = find
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const places = [...text.matchAll(new RegExp(words.join('\\s+'), 'g'))]
  const [place] = places
  if (place === undefined || places.length > 1)
    throw new Error(
      `${file} has moved on: expected once, found ${places.length} times: ${find.trim()}`,
    )
  return text.slice(0, place.index) + replace + text.slice(place.index + place[0].length)
}
