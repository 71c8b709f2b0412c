/** One way to do the job. `run` does it once and resolves when it is done. */
export interface Contestant {
  readonly name: string
  run(): unknown
}

export interface Comparison {
  readonly title: string
  /** How many runs are in flight at once. Default 1. */
  readonly inFlight?: number
  /** The first one is what the ratios refer to. */
  readonly contestants: readonly [Contestant, ...Contestant[]]
}

export interface Line {
  readonly name: string
  /** Runs per second, round by round. */
  readonly rates: readonly number[]
}

/**
 * How two compare, by the ratios taken within each round: their median, and the two between which
 * the middle half lies.
 */
export interface Ratio {
  readonly median: number
  readonly lower: number
  readonly upper: number
}

export function ratioOf(line: Line, base: Line): Ratio {
  const ratios = line.rates.map((rate, round) => rate / (base.rates[round] as number))
  const sorted = ratios.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] as number
  return { median: median(ratios), lower: at(0.25), upper: at(0.75) }
}

export interface Effort {
  readonly rounds: number
  readonly sliceMs: number
  /**
   * Counts the processor time of this thread instead of the time that passes: steadier on a busy
   * machine.
   */
  readonly cpu?: boolean
}

/**
 * Runs all contestants in turn, round by round, in another order each round, so that what the
 * machine does beside it meets all of them. Ratios are taken within a round.
 */
export async function compare(
  { contestants, inFlight = 1 }: Comparison,
  effort: Effort,
): Promise<Line[]> {
  for (const contestant of contestants) await slice(contestant, inFlight, effort) // warm
  const rounds: number[][] = []
  for (let round = 0; round < effort.rounds; round++) {
    const rates: number[] = []
    for (let turn = 0; turn < contestants.length; turn++) {
      const index = (turn + round) % contestants.length
      rates[index] = await slice(contestants[index] as Contestant, inFlight, effort)
    }
    rounds.push(rates)
  }
  return contestants.map(({ name }, index) => ({
    name,
    rates: rounds.map((rates) => rates[index] as number),
  }))
}

async function slice(
  contestant: Contestant,
  inFlight: number,
  { sliceMs, cpu = false }: Effort,
): Promise<number> {
  const used = process.threadCpuUsage()
  const start = performance.now()
  const end = start + sliceMs
  let done = 0
  const lane = async () => {
    while (performance.now() < end) {
      const result = contestant.run()
      if (result instanceof Promise) await result
      done++
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  const passed = performance.now() - start
  const { user, system } = process.threadCpuUsage(used)
  return (done * 1000) / (cpu ? (user + system) / 1000 : passed)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
