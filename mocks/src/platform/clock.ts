import type { Feed } from './feed.ts'

/** Milliseconds since the epoch. */
export type Clock = () => number

export interface MockClock {
  /**
   * The mock's own time in milliseconds: real time (or the injected clock) plus what was advanced.
   */
  now(): number
  /**
   * Moves the mock's time forward; what falls due meanwhile runs first, in order, and is awaited.
   * Gives the new time.
   */
  advance(seconds: number): Promise<number>
  /**
   * Holds the mock's time: from now on it moves by `advance` only. The time on signatures goes on.
   */
  freeze(): void
  /** Whether it is held. */
  readonly frozen: boolean
  /** Lets the mock's time go on from where it is. */
  resume(): void
}

export interface Scheduler extends MockClock {
  /** Runs a task once the mock's time has come to `at`. */
  schedule(at: number, run: () => Promise<void>): void
  /** Drops all tasks and what was advanced. */
  reset(): void
}

/** A timer that is to wait for longer fires at once. */
const longestTimer = 2 ** 31 - 1

interface Task {
  readonly at: number
  readonly run: () => Promise<void>
}

/**
 * Makes the mock's clock. It tells the time of what happens in the mock: sessions, contracts, the
 * retry schedule.
 *
 * It is not the time on signatures: those are made and checked by the base clock, because advancing
 * the mock cannot advance the clock of a client in another process, whose requests would all turn
 * stale.
 *
 * Tasks run by a real timer that keeps no process alive. With an injected clock there is none, so
 * that a frozen test stays frozen: tasks then run in `advance`, which may be called with 0.
 */
export function createClock(injected?: Clock, feed?: Feed): Scheduler {
  const read = injected ?? (() => Date.now())
  let frozenAt: number | undefined
  let offset = 0
  let tasks: Task[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let generation = 0
  let advancing: Promise<unknown> = Promise.resolve()

  const now = (): number => (frozenAt ?? read()) + offset
  const changed = () => feed?.emit({ type: 'clock' })

  /** Takes the earliest task that is due at the time given. */
  const take = (time: number): Task | undefined => {
    const next = tasks.reduce<Task | undefined>(
      (first, task) => (first === undefined || task.at < first.at ? task : first),
      undefined,
    )
    if (next === undefined || next.at > time) return undefined
    tasks = tasks.filter((task) => task !== next)
    return next
  }

  const arm = (): void => {
    clearTimeout(timer)
    if (injected !== undefined || frozenAt !== undefined || tasks.length === 0) return
    const wait = Math.max(0, Math.min(...tasks.map((task) => task.at)) - now())
    timer = setTimeout(
      () => {
        void take(now())?.run()
        arm()
      },
      Math.min(wait, longestTimer),
    )
    // A browser's timer is a number and holds nothing up.
    ;(timer as { unref?: () => void }).unref?.()
  }

  const runUntil = async (seconds: number): Promise<number> => {
    const started = generation
    const target = now() + seconds * 1000
    for (let task = take(target); task !== undefined; task = take(target)) {
      offset += Math.max(0, task.at - now())
      await task.run()
      if (generation !== started) return now()
    }
    offset += Math.max(0, target - now())
    arm()
    changed()
    return now()
  }

  return {
    now,
    advance(seconds) {
      const result = advancing.then(() => runUntil(seconds))
      advancing = result.catch(() => undefined)
      return result
    },
    freeze() {
      frozenAt ??= read()
      clearTimeout(timer)
      changed()
    },
    get frozen() {
      return frozenAt !== undefined
    },
    resume() {
      if (frozenAt === undefined) return
      offset += frozenAt - read()
      frozenAt = undefined
      arm()
      changed()
    },
    schedule(at, run) {
      tasks.push({ at, run })
      arm()
    },
    reset() {
      clearTimeout(timer)
      generation += 1
      tasks = []
      offset = 0
      frozenAt = undefined
    },
  }
}
