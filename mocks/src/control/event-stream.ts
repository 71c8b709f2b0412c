import type { ServerResponse } from 'node:http'
import type { Mock } from '../mock.ts'

/**
 * Tells each change as a server-sent event until either side ends it. Who reads too slowly misses
 * changes, and is told that it did (`{"type":"missed"}`) once it reads again: a page that is asleep
 * must not fill the memory.
 */
export function streamChanges(mock: Mock, outgoing: ServerResponse, stopped: AbortSignal): void {
  outgoing.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  outgoing.write('retry: 1000\n\n')
  let missed = false
  const tell = (change: object) => outgoing.write(`data: ${JSON.stringify(change)}\n\n`)
  const unsubscribe = mock.subscribe((change) => {
    if (outgoing.writableNeedDrain) missed = true
    else tell(change)
  })
  outgoing.on('drain', () => {
    if (!missed) return
    missed = false
    tell({ type: 'missed' })
  })
  const end = () => {
    unsubscribe()
    stopped.removeEventListener('abort', end)
    outgoing.end()
  }
  stopped.addEventListener('abort', end)
  outgoing.once('close', end)
}
