import { longestTimeout } from '@wechatpay-entrust/base'
import { describeValue, invalidValue } from '../arguments/require-values.ts'
import { advanceSeconds } from '../arguments/value-types.ts'
import { Advance, notAwaited } from './advance.ts'
import type { Feed } from './feed.ts'

/** Milliseconds since the epoch. */
export type Clock = () => number

export interface MockClock {
  /**
   * The mock's own time in milliseconds: real time (or the injected clock) plus all advances.
   */
  now(): number
  /**
   * Moves the mock's time forward, and resolves with the new time. It must be awaited: it first sends
   * the notifications that are due until then, in order, and waits for each attempt. If none is due,
   * the time has moved when the call returns.
   *
   * As long as it runs and is not awaited, the methods that show or change the mock's state throw a
   * `MockStateError`: they would show a state in between.
   *
   * @throws {ConfigurationError} for a negative number, or one above ten years
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
  /** @throws {MockStateError} while an advance runs that is not awaited */
  requireAwaited(method: string): void
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
  /** The end of the latest advance: they run one after the other. */
  let latest: Promise<unknown> = Promise.resolve()
  const running = new Set<Advance>()

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

  const moveTo = (target: number): number => {
    offset += Math.max(0, target - now())
    arm()
    changed()
    return now()
  }

  const runUntil = async (seconds: number): Promise<number> => {
    const started = generation
    const target = now() + seconds * 1000
    for (let task = removeDue(target); task !== undefined; task = removeDue(target)) {
      offset += Math.max(0, task.at - now())
      await task.run()
      if (generation !== started) return now()
    }
    return moveTo(target)
  }

  return {
    now,
    advance(seconds) {
      if (!advanceSeconds.test(seconds))
        return Promise.reject(
          invalidValue('seconds', describeValue(seconds), advanceSeconds.expected),
        )
      const target = now() + seconds * 1000
      if (running.size === 0 && !tasks.some(({ at }) => at <= target))
        return Promise.resolve(moveTo(target))
      // The first task starts a microtask later: by then an `await` of the caller was noticed.
      const work = latest.then(() => runUntil(seconds))
      const advance = new Advance((resolve, reject) => void work.then(resolve, reject))
      running.add(advance)
      const end = () => running.delete(advance)
      latest = work.then(end, end)
      return advance
    },
    requireAwaited(method) {
      for (const { isAwaited } of running) if (!isAwaited) throw notAwaited(method)
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
      running.clear()
      tasks = []
      offset = 0
      frozenAt = undefined
    },
  }
}
