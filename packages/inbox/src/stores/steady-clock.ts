/**
 * A clock that never goes back. When the machine's clock steps back, this one continues from the
 * time before. Otherwise records would not be due until the clock had caught up. When the machine's
 * clock is ahead again, the two are the same.
 *
 * `floor` is a time that certainly has passed, such as that of the latest record of a file.
 */
export function createSteadyClock(
  clock: () => number,
  floor = Number.NEGATIVE_INFINITY,
): () => number {
  let time = floor
  let read = Number.POSITIVE_INFINITY
  let readAt = performance.now()
  return () => {
    const found = Math.floor(clock())
    const elapsed = performance.now() - readAt
    if (found >= time) time = found
    else time = Math.floor(time + (found < read ? elapsed : found - read))
    read = found
    readAt += elapsed
    return time
  }
}
