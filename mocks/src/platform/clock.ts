import { longestTimeout } from '@wechatpay-entrust/base'
import type { Feed } from './feed.ts'

/** Milliseconds since the epoch. */
export type Clock = () => number

export interface MockClock {
  /**
   * The mock's own time in milliseconds: real time (or the injected clock) plus all advances.
   */
  now(): number
  /**
   * Moves the mock's time forward. First it runs and awaits the tasks that are due until then, in
   * order. Resolves with the new time.
   */
  advance(seconds: number): Promise<number>
  /**
   * Stops the mock's time: from now on only `advance` moves it. The time of signatures goes on.
   */
  freeze(): void
  /** Whether the mock's time is stopped. */
  readonly frozen: boolean
  /** Lets the mock's time continue from where it is. */
  resume(): void
}

export interface Scheduler extends MockClock {
  /** Runs a task when the mock's time reaches `at`. */
  schedule(at: number, run: () => Promise<void>): void
  /** Drops all tasks and advances. */
  reset(): void
}

interface Task {
  readonly at: number
  readonly run: () => Promise<void>
}

/**
 * Makes the mock's clock, for everything that happens in the mock: sessions, contracts, the retry
 * schedule.
 *
 * Signatures use the base clock instead. The mock cannot advance the clock of a client in another
 * process, so after an advance all requests of that client would be too old.
 *
 * A real timer runs the tasks, and does not keep the process alive. With an injected clock there is
 * no timer, so that a test with a fixed time stays fixed: then only `advance` runs tasks, also with
 * 0.
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

  /** Removes and returns the earliest task that is due at `time`. */
  const removeDue = (time: number): Task | undefined => {
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
        void removeDue(now())?.run()
        arm()
      },
      Math.min(wait, longestTimeout),
    )
    // A browser's timer is a number, and has no `unref`.
    ;(timer as { unref?: () => void }).unref?.()
  }

  const runUntil = async (seconds: number): Promise<number> => {
    const started = generation
    const target = now() + seconds * 1000
    for (let task = removeDue(target); task !== undefined; task = removeDue(target)) {
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
