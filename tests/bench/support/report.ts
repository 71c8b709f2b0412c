import { cpus } from 'node:os'
import { type Comparison, type Line, median, ratioOf } from './compare.ts'

/** What a figure has to reach: the ratio of `name` to `of`, default the first contestant. */
export interface Target {
  readonly name: string
  readonly of?: string
  readonly atLeast: number
}

/** One comparison as a Markdown table, its targets below. */
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
  const said = targets.map((target) => judge(target, lines))
  return [
    `### ${comparison.title}${comparison.inFlight && comparison.inFlight > 1 ? `, ${comparison.inFlight} in flight` : ''}`,
    '',
    '| | per second | ratio to the first | middle half |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
    '',
    ...(said.length > 0 ? [...said.map(({ text }) => `- ${text}`), ''] : []),
  ].join('\n')
}

/**
 * A shortfall within the spread, which is that of the middle half of the rounds, counts as reached.
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

/** The machine and runtime that the figures belong to. */
export function machine(): string {
  const [cpu] = cpus()
  return `Node ${process.versions.node} (OpenSSL ${process.versions.openssl}), ${cpus().length} × ${cpu?.model ?? 'unknown processor'}`
}
