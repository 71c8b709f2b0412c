import type { Outcome } from './inbox/harness.ts'

export interface Line {
  /** The target, e.g. `R12`. */
  readonly target: string
  readonly store: string
  readonly what: string
  readonly seconds: number
  /** Empty when the proof passed. */
  readonly faults: readonly string[]
  readonly outcome?: Outcome
  readonly note?: string
}

/** The counts that must be 0 and are not. */
export function faults(outcome: Outcome): string[] {
  const { lost, doubleEffects, strangeEffects, rejectedGenuine, acceptedForged, lateResponses } =
    outcome
  const all = {
    lost,
    doubleEffects,
    strangeEffects,
    rejectedGenuine,
    acceptedForged,
    lateResponses,
  }
  return Object.entries(all).flatMap(([name, count]) => (count === 0 ? [] : [`${name}: ${count}`]))
}

const head = [
  'target',
  'store',
  'what',
  'sent',
  'lost',
  'double',
  'forged taken',
  'genuine refused',
  'later than 5 s',
]
const more = ['handler re-calls', 'p50 / p99 / max ms', 'took']

/** A Markdown table, aligned so that it is readable in a terminal too. */
export function formatTable(lines: readonly Line[]): string {
  const rows = lines.map(({ target, store, what, seconds, outcome, note }) => {
    const first = [target, store, note === undefined ? what : `${what}: ${note}`]
    const figures =
      outcome === undefined
        ? Array.from({ length: head.length + more.length - first.length - 1 }, () => '')
        : [
            ...[
              outcome.sent,
              outcome.lost,
              outcome.doubleEffects,
              outcome.acceptedForged,
              outcome.rejectedGenuine,
            ],
            ...[
              outcome.lateResponses,
              outcome.recalls,
              `${outcome.p50} / ${outcome.p99} / ${outcome.max}`,
            ],
          ].map(String)
    return [...first, ...figures, `${seconds.toFixed(0)} s`]
  })
  const all = [[...head, ...more], ...rows]
  const widths = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  )
  const format = (row: readonly string[]) =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const [top = [], ...rest] = all
  return [format(top), format(widths.map((width) => '-'.repeat(width))), ...rest.map(format)].join(
    '\n',
  )
}
