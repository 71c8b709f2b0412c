/**
 * Mutation testing: Stryker changes one expression at a time, and a test must fail. Every mutant
 * that survives is in `survivors.yaml` with a reason, or the run fails. Writes `RESULTS.md`.
 * `MUTATION_GROUPS=auth,core` runs these groups only; the last reports of the others are read again.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { runCommand } from '../../scripts/process/run-command.ts'
import { root } from '../../scripts/workspace.ts'
import { type Group, groups } from './groups.ts'

/** The lowest share of mutants that tests must notice, in percent. */
export const lowestScore = 95

/** A mutant, named by what it changes; a line number would move with every edit. */
export interface Mutant {
  readonly file: string
  readonly mutator: string
  readonly original: string
  readonly replacement: string
  /** Which one it is, from 1, if the file has several mutants with the same text. */
  readonly occurrence?: number
}

interface Survivor extends Omit<Mutant, 'occurrence'> {
  /** Several if the reason is the same. */
  readonly occurrence?: number | readonly number[]
  readonly reason: string
}

export interface GroupResult {
  readonly name: string
  /** When it was measured. */
  readonly date?: string
  readonly detected: number
  readonly total: number
  readonly survivors: readonly Mutant[]
}

interface Position {
  readonly line: number
  readonly column: number
}

/** The part of Stryker's JSON report that is read. */
export interface Report {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: string
        readonly mutants: readonly {
          readonly mutatorName: string
          readonly replacement?: string
          readonly status: string
          readonly location: { readonly start: Position; readonly end: Position }
        }[]
      }
    >
  >
}

/** Counts the mutants of a report. A mutant that cannot run (`CompileError` …) counts nowhere. */
export function readReport(name: string, report: Report): GroupResult {
  const all = Object.entries(report.files).flatMap(([file, { source, mutants }]) =>
    numberEqualOnes(
      mutants
        .toSorted((a, b) => comparePositions(a.location.start, b.location.start))
        .map(({ mutatorName, replacement = '', status, location }) => ({
          status,
          file,
          mutator: mutatorName,
          original: oneLine(between(source, location.start, location.end)),
          replacement: oneLine(replacement),
        })),
    ),
  )
  const survivors = all.filter(({ status }) => ['Survived', 'NoCoverage'].includes(status))
  const detected = all.filter(({ status }) => ['Killed', 'Timeout'].includes(status)).length
  return {
    name,
    detected,
    total: detected + survivors.length,
    survivors: survivors.map(({ status, ...mutant }) => mutant),
  }
}

/** Without a number, a named survivor would hide every other mutant with the same text. */
function numberEqualOnes<One extends Mutant>(mutants: readonly One[]): readonly One[] {
  const keys = mutants.map(keyOf)
  return mutants.map((one, index) => {
    const equal = mutants.filter((_, other) => keys[other] === keys[index])
    return equal.length > 1 ? { ...one, occurrence: equal.indexOf(one) + 1 } : one
  })
}

const comparePositions = (a: Position, b: Position) => a.line - b.line || a.column - b.column

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Lines and columns count from 1. */
function between(source: string, start: Position, end: Position): string {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  lines[lines.length - 1] = (lines.at(-1) ?? '').slice(0, end.column - 1)
  lines[0] = (lines[0] ?? '').slice(start.column - 1)
  return lines.join('\n')
}

const keyOf = ({ file, mutator, original, replacement, occurrence }: Mutant) =>
  [file, mutator, oneLine(original), oneLine(replacement), occurrence].join('\n').trim()

/** What does not hold: a survivor without a reason, a reason without a survivor, a low score. */
export function findProblems(
  results: readonly GroupResult[],
  named: readonly Survivor[],
): readonly string[] {
  const reasons = new Set(
    named.flatMap(({ occurrence, ...mutant }) =>
      occurrence === undefined
        ? keyOf(mutant)
        : [occurrence].flat().map((one) => keyOf({ ...mutant, occurrence: one })),
    ),
  )
  const alive = new Set(results.flatMap(({ survivors }) => survivors.map(keyOf)))
  return [
    ...results
      .filter((result) => scoreOf(result) < lowestScore)
      .map((result) => `${result.name}: ${scoreOf(result).toFixed(1)} %, below ${lowestScore} %`),
    ...[...alive].filter((key) => !reasons.has(key)).map((key) => `no reason for:\n${key}`),
    ...[...reasons].filter((key) => !alive.has(key)).map((key) => `no longer survives:\n${key}`),
  ]
}

const scoreOf = ({ detected, total }: GroupResult) => (100 * detected) / Math.max(1, total)

/** Runs all groups, writes the results, and returns the problems. */
export async function runMutations(): Promise<{
  readonly problems: readonly string[]
  readonly note: string
}> {
  const chosen = process.env.MUTATION_GROUPS?.split(',')
  const results: GroupResult[] = []
  for (const group of groups) {
    if (chosen?.includes(group.name) ?? true) await runGroup(group)
    results.push(readGroup(group))
  }
  const named = parse(readFileSync(join(root, 'tests/mutation/survivors.yaml'), 'utf8')) ?? []
  writeFileSync(join(root, 'tests/mutation/RESULTS.md'), resultsPage(results))
  const note = results.map((one) => `${one.name} ${scoreOf(one).toFixed(1)} %`).join(', ')
  return { problems: findProblems(results, named), note }
}

const reportOf = ({ name }: Group) => join(root, '.cache/mutation', `${name}.json`)

/** The result in the last report, which must be about the files as they are now. */
function readGroup(group: Group): GroupResult {
  const path = reportOf(group)
  const report: Report = JSON.parse(readFileSync(path, 'utf8'))
  const changed = group.mutate.filter(
    (file) => report.files[file]?.source !== readFileSync(join(root, file), 'utf8'),
  )
  if (changed.length > 0)
    throw new Error(`${group.name} is to be measured again: ${changed.join(', ')} changed.`)
  const date = statSync(path).mtime.toISOString().slice(0, 10)
  return { ...readReport(group.name, report), date }
}

async function runGroup(group: Group): Promise<void> {
  const { name, mutate, tests } = group
  const report = reportOf(group)
  mkdirSync(dirname(report), { recursive: true })
  const { code, output } = await runCommand(
    process.execPath,
    [
      'node_modules/@stryker-mutator/core/bin/stryker.js',
      'run',
      'tests/mutation/stryker.config.mjs',
    ],
    {
      env: {
        ...process.env,
        MUTATION_FILES: mutate.join(','),
        MUTATION_TESTS: tests.join(','),
        MUTATION_REPORT: report,
      },
    },
  )
  if (code !== 0) throw new Error(`Stryker failed for ${name}:\n${output}`)
}

function resultsPage(results: readonly GroupResult[]): string {
  const rows = results.map(
    (one) =>
      `| ${one.name} | ${one.total} | ${one.detected} | ${one.survivors.length} | ${scoreOf(one).toFixed(1)} % | ${one.date ?? ''} |`,
  )
  return `# Mutation testing: the last run

Written by \`npm run test:heavy -- mutation\`, Node ${process.versions.node}.
\`groups.ts\` names the files and their tests; \`survivors.yaml\` has a reason for each mutant that survives.
String literals are not mutated: snapshots hold the texts. The values of a list of option names are
not, either: only its keys are read.

| package | mutants | detected | survived | score | date |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}
