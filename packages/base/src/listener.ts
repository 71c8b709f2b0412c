/**
 * Calls the listener and ignores what it throws or rejects with, so that a listener never changes
 * the result of the call that reports to it.
 */
export function callListener<Event>(
  listener: ((event: Event) => unknown) | undefined,
  event: Event,
): void {
  if (listener === undefined) return
  try {
    // The type also allows an async function, or one that returns another thenable.
    Promise.resolve(listener(event)).catch(ignore)
  } catch {
    ignore()
  }
}

const ignore = () => {}
