export interface Queue {
  /** Runs the work after everything before it. Urgent work goes before other waiting work. */
  add<T>(work: () => T | Promise<T>, urgent?: boolean): Promise<T>
  /** Resolves when nothing runs and nothing waits. */
  readonly idle: Promise<void>
}

/**
 * Runs one piece of work at a time, and lets the event loop run between two of them. Otherwise a
 * worker with a backlog in a synchronous store would block every request, timer and signal until
 * the last record is done. Urgent and other work alternate, so neither waits for ever.
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
    await undefined // `running` must be set before the first work runs, which may add more.
    for (let work = next(); work !== undefined; work = next()) {
      await work()
      await turnOfLoop()
    }
    running = undefined
  }

  return {
    add: (work, urgent = false) =>
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
 * Lets the event loop run once. Uses `setImmediate` where it exists, because a timer would add a
 * millisecond.
 */
export function turnOfLoop(): Promise<void> {
  const { setImmediate = setTimeout } = globalThis as {
    setImmediate?: (work: () => void) => unknown
  }
  return new Promise((resolve) => void setImmediate(resolve))
}
