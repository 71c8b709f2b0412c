/**
 * Prints the tables of docs/guide/capacity.md, from the measurement (`npm run bench -- inbox-rates
 * --write`) and the model: `node --conditions=@wechatpay-entrust/source
 * tests/proofs/capacity/capacity.ts`. `--write` writes them into the page.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { calibrate, calibrationRate, type Measured } from './calibration.ts'
import { type Prediction, simulate } from './model.ts'

const root = join(import.meta.dirname, '../../..')
const page = join(root, 'docs', 'guide', 'capacity.md')

export const measured = (
  JSON.parse(readFileSync(join(root, 'tests', 'bench', 'results', 'inbox.json'), 'utf8')) as {
    measured: Measured[]
  }
).measured

/** The other rates, each measured and predicted. */
export function compare(): { readonly line: Measured; readonly predicted: Prediction }[] {
  return measured.map((line) => ({
    line,
    predicted: simulate(calibrate(measured, line.store, line.variant), {
      ...line,
      seconds: 20,
      seed: 1,
    }),
  }))
}

/** The factor by which a prediction may differ. */
export const held = { p50: 3, p99: 3 }

/**
 * The ratio of predicted to measured, at rates that did not calibrate the model and left the loop
 * and the database's core enough time.
 */
export function ratios(): { readonly p50: number[]; readonly p99: number[] } {
  const other = compare().filter(
    ({ line, predicted }) =>
      line.perSecond !== calibrationRate && predicted.loopBusy < 0.8 && predicted.serverBusy < 0.8,
  )
  return {
    p50: other.map(({ line, predicted }) => predicted.p50 / line.p50),
    p99: other.map(({ line, predicted }) => predicted.p99 / line.p99),
  }
}

const names = { sqlite: 'SQLite', postgres: 'PostgreSQL' }
const percent = (share: number) => `${Math.round(share * 100)} %`
/**
 * More than a second means that the queue grows as long as the load lasts; a number would only show
 * how long that was.
 */
const ms = (value: number) => (value > 1000 ? '> 1 s' : value.toFixed(value < 10 ? 1 : 0))
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map((_, at) => (at < 2 ? '---' : '---:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')

function comparisonTable(): string {
  const head = [
    'store',
    '',
    'per second',
    'p50 measured',
    'p50 model',
    'p99 measured',
    'p99 model',
    'loop busy',
    'database’s core busy',
  ]
  return table(
    head,
    compare().map(({ line, predicted }) => [
      names[line.store],
      line.variant === 'ours' ? 'receives' : 'receives and works',
      `${line.perSecond}${line.perSecond === calibrationRate ? ' ×' : ''}`,
      ...[line.p50, predicted.p50, line.p99, predicted.p99].map(ms),
      percent(predicted.loopBusy),
      line.store === 'postgres' ? percent(predicted.serverBusy) : '',
    ]),
  )
}

/**
 * Predictions for a total load that is divided evenly. A random share of random arrivals is random
 * too.
 */
export function plan(
  perSecond: number,
): { readonly processes: number; readonly predicted: Prediction }[] {
  return [6, 8, 10, 12, 16].map((processes) => {
    // One core of the database for each process, and enough handlers.
    const receiver = calibrate(
      measured,
      'postgres',
      'ours, with worker',
      { cores: 1, connections: 10 },
      6,
    )
    return {
      processes,
      predicted: simulate(receiver, { perSecond: perSecond / processes, seconds: 20, seed: 1 }),
    }
  })
}

function planTable(): string {
  return table(
    ['processes', 'each takes', 'p50 ms', 'p99 ms', 'loop busy', 'database’s cores'],
    plan(10_000).map(({ processes, predicted }) => [
      String(processes),
      `${Math.round(10_000 / processes)} a second`,
      ...[predicted.p50, predicted.p99].map(ms),
      percent(predicted.loopBusy),
      `${(predicted.serverBusy * processes).toFixed(1)} of ${processes}`,
    ]),
  )
}

function costTable(): string {
  const micro = (value: number | undefined) => (value ? `${Math.round(value * 1000)} µs` : '')
  const row = (
    name: string,
    variant: Measured['variant'],
    read: (line: Measured) => number | undefined,
  ) => [
    name,
    variant === 'ours' ? 'receives' : 'receives and works',
    ...(['sqlite', 'postgres'] as const).flatMap((store) =>
      [500, 1000].map((rate) => {
        const of = (one: Measured) =>
          one.store === store && one.variant === variant && one.perSecond === rate
        const line = measured.find(of)
        return micro(line && read(line))
      }),
    ),
  ]
  return table(
    ['', '', 'SQLite, 500/s', '1,000/s', 'PostgreSQL, 500/s', '1,000/s'],
    [
      row('processor, of the process', 'ours', ({ cpuMs }) => cpuMs),
      row('processor, of the process', 'ours, with worker', ({ cpuMs }) => cpuMs),
      row('processor, of the database', 'ours', ({ serverCpuMs }) => serverCpuMs),
      row('processor, of the database', 'ours, with worker', ({ serverCpuMs }) => serverCpuMs),
      row('one commit, the loop stands still: half within', 'ours', ({ commits }) => commits[50]),
      row('one commit: 99 of 100 within', 'ours', ({ commits }) => commits[99]),
      row('a claim, from call to end: half within', 'ours', ({ claims }) => claims[50]),
      row('a claim: 99 of 100 within', 'ours', ({ claims }) => claims[99]),
    ],
  )
}

/** This script writes the text between `<!-- name -->` and the next `<!-- end -->`. */
export const tables: Readonly<Record<string, () => string>> = {
  costs: costTable,
  comparison: comparisonTable,
  plan: planTable,
}

export function fill(text: string): string {
  return text.replace(
    /(<!-- (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) => {
      const make = tables[name]
      if (make === undefined) throw new Error(`there is no table "${name}"`)
      return `${start}\n${make()}\n\n${end}`
    },
  )
}

if (import.meta.main) {
  for (const [name, make] of Object.entries(tables))
    process.stdout.write(`${name}\n\n${make()}\n\n`)
  if (process.argv.includes('--write')) writeFileSync(page, fill(readFileSync(page, 'utf8')))
}
