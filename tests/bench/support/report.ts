import { cpus } from 'node:os'
import { type Comparison, type Line, median, ratioOf } from './compare.ts'

/** The minimum ratio of `name` to `of`; `of` defaults to the first contestant. */
export interface Target {
  readonly name: string
  readonly of?: string
  readonly atLeast: number
}

/** One comparison as a Markdown table, with its targets below. */
export function table(
  comparison: Comparison,
  lines: readonly Line[],
  targets: readonly Target[] = [],
): string {
  const [first] = lines as [Line, ...Line[]]
  const rows = lines.map((line) => {
    const { median: ratio, lower, upper } = ratioOf(line, first)
    const perSecond = Math.round(median(line.rates)).toLocaleString('en')
    return `| ${line.name} | ${perSecond} | ${ratio.toFixed(2)} | ${lower.toFixed(2)}–${upper.toFixed(2)} |`
  })
  const judged = targets.map((target) => judge(target, lines))
  return [
    `### ${comparison.title}${comparison.inFlight && comparison.inFlight > 1 ? `, ${comparison.inFlight} in flight` : ''}`,
    '',
    '| | per second | ratio to the first | middle half |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
    '',
    ...(judged.length > 0 ? [...judged.map(({ text }) => `- ${text}`), ''] : []),
  ].join('\n')
}

/**
 * A target counts as reached if it is within the spread, the middle half of the rounds.
 */
export function judge(
  { name, of, atLeast }: Target,
  lines: readonly Line[],
): { text: string; reached: boolean } {
  const base = of === undefined ? (lines[0] as Line) : find(lines, of)
  const { median: ratio, lower, upper } = ratioOf(find(lines, name), base)
  const reached = upper >= atLeast
  const word = ratio >= atLeast ? 'reached' : reached ? 'reached within the spread' : 'MISSED'
  const spread = `${lower.toFixed(2)}–${upper.toFixed(2)}`
  return {
    reached,
    text: `${name} / ${base.name}: ${ratio.toFixed(2)} (${spread}), target ${atLeast.toFixed(2)}: ${word}`,
  }
}

function find(lines: readonly Line[], name: string): Line {
  const line = lines.find((one) => one.name === name)
  if (line === undefined) throw new Error(`no contestant is called "${name}"`)
  return line
}

/** The machine and runtime of the figures. */
export function machine(): string {
  const [cpu] = cpus()
  return `Node ${process.versions.node} (OpenSSL ${process.versions.openssl}), ${cpus().length} × ${cpu?.model ?? 'unknown processor'}`
}
