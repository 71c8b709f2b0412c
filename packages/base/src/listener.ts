/**
 * Calls the listener and ignores what it throws or rejects with, so that a listener never changes a
 * result.
 */
export function callListener<Event>(
  listener: ((event: Event) => unknown) | undefined,
  event: Event,
): void {
  if (listener === undefined) return
  try {
    // An async function fits the type too, as does one that returns any other thenable.
    Promise.resolve(listener(event)).catch(ignore)
  } catch {
    ignore()
  }
}

const ignore = () => {}
