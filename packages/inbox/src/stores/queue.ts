export interface Queue {
  /** Runs the work when it is its turn; of two that wait, an urgent one first. */
  take<T>(work: () => T | Promise<T>, urgent?: boolean): Promise<T>
  /** Resolves when nothing runs and nothing waits. */
  readonly idle: Promise<void>
}

/**
 * One thing at a time, and between two of them a turn of the event loop. Without that, work that
 * never waits for anything outside follows on itself for ever: a worker with a backlog in a
 * synchronous store would keep every request, timer and signal waiting until the last record is
 * done. After an urgent one another kind is next, so neither starves the other.
 */
export function createQueue(): Queue {
  const urgents: (() => Promise<void>)[] = []
  const others: (() => Promise<void>)[] = []
  let running: Promise<void> | undefined
  let lastWasUrgent = false

  const next = () => {
    const urgent = lastWasUrgent && others.length > 0 ? undefined : urgents.shift()
    lastWasUrgent = urgent !== undefined
    return urgent ?? others.shift()
  }
  const run = async () => {
    await undefined // `running` is set by now: work that comes during the first finds it.
    for (let work = next(); work !== undefined; work = next()) {
      await work()
      await turnOfLoop()
    }
    running = undefined
  }

  return {
    take: (work, urgent = false) =>
      new Promise((resolve, reject) => {
        const settled = async () => {
          try {
            resolve(await work())
          } catch (error) {
            reject(error)
          }
        }
        ;(urgent ? urgents : others).push(settled)
        running ??= run()
      }),
    get idle() {
      return running ?? Promise.resolve()
    },
  }
}

/**
 * Until everything that has arrived was looked at; `setImmediate` where there is one, as a timer
 * would add a millisecond.
 */
export function turnOfLoop(): Promise<void> {
  const { setImmediate = setTimeout } = globalThis as {
    setImmediate?: (work: () => void) => unknown
  }
  return new Promise((resolve) => void setImmediate(resolve))
}
