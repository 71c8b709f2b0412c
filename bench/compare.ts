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
  /** Median of the rounds. */
  readonly perSecond: number
  /** Median over the rounds of (this one / the first one in the same round). */
  readonly ratio: number
  /** Lowest and highest of those ratios. */
  readonly spread: readonly [number, number]
}

export interface Effort {
  readonly rounds: number
  readonly sliceMs: number
}

/**
 * Runs all contestants in turn, round by round, in another order each round, so that what the machine does beside it
 * meets all of them. Ratios are taken within a round.
 */
export async function compare({ contestants, inFlight = 1 }: Comparison, effort: Effort): Promise<Line[]> {
  for (const contestant of contestants) await slice(contestant, inFlight, effort.sliceMs) // warm
  const rounds: number[][] = []
  for (let round = 0; round < effort.rounds; round++) {
    const rates: number[] = []
    for (let turn = 0; turn < contestants.length; turn++) {
      const index = (turn + round) % contestants.length
      rates[index] = await slice(contestants[index] as Contestant, inFlight, effort.sliceMs)
    }
    rounds.push(rates)
  }
  return contestants.map(({ name }, index) => {
    const ratios = rounds.map((rates) => (rates[index] as number) / (rates[0] as number))
    return {
      name,
      perSecond: median(rounds.map((rates) => rates[index] as number)),
      ratio: median(ratios),
      spread: [Math.min(...ratios), Math.max(...ratios)],
    }
  })
}

async function slice(contestant: Contestant, inFlight: number, ms: number): Promise<number> {
  const start = performance.now()
  const end = start + ms
  let done = 0
  const lane = async () => {
    while (performance.now() < end) {
      const result = contestant.run()
      if (result instanceof Promise) await result
      done++
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  return (done * 1000) / (performance.now() - start)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
