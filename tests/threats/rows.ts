import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../../scripts/workspace.ts'

/** A small edit that removes one defence, and the test that must notice it. */
export interface Patch {
  /** The defence that it removes, in a few words. */
  readonly without: string
  readonly file: string
  /** Occurs exactly once in the file; any white space matches any other. */
  readonly find: string
  readonly replace: string
  readonly test: string
  /** Part of the test's name, the row's id included. */
  readonly fails: string
  /** Part of the test's error, when that is not an assertion of the test itself. */
  readonly by?: string
}

/** One threat, as in `tests/threats/rows/T-05.yaml`. */
export interface Row {
  readonly id: string
  readonly threat: string
  /** Attackers by their letters in SECURITY.md. */
  readonly from: string
  readonly defence: string
  readonly patches: readonly Patch[]
}

export const allIds: readonly string[] = Array.from(
  { length: 46 },
  (_, index) => `T-${String(index + 1).padStart(2, '0')}`,
)

const fields = ['without', 'file', 'find', 'replace', 'test', 'fails'] as const

/** Reads one row. Throws when a field is missing or has the wrong type. */
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

/** Rows that have no patch yet, and why. */
export const readPending = (): Readonly<Record<string, string>> =>
  parse(readFileSync(join(folder, 'pending.yaml'), 'utf8')) ?? {}

/** Compares the rows and the pending rows with the list of all ids. */
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
      .map((id) => `${id} is not a row of the table`),
  ]
}

/** Returns the text without the defence. Throws when the place is not there exactly once. */
export function applyPatch(
  text: string,
  { file, find, replace }: Pick<Patch, 'file' | 'find' | 'replace'>,
): string {
  const words = find.trim().split(/\s+/).map(escapeForPattern)
  const places = [...text.matchAll(new RegExp(words.join('\\s+'), 'g'))]
  const [place] = places
  if (place === undefined || places.length > 1)
    throw new Error(
      `${file} has changed: expected once, found ${places.length} times: ${find.trim()}`,
    )
  return text.slice(0, place.index) + replace + text.slice(place.index + place[0].length)
}

/** The text as a pattern that matches exactly this text. */
export const escapeForPattern = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
