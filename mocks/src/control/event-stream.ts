import type { ServerResponse } from 'node:http'
import type { Mock } from '../mock.ts'

/**
 * Sends each change as a server-sent event until either side ends the stream. A client that reads
 * too slowly misses changes, so that an inactive page does not fill the memory. When it reads again,
 * it gets `{"type":"missed"}`.
 */
export function streamChanges(mock: Mock, outgoing: ServerResponse, stopped: AbortSignal): void {
  outgoing.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  outgoing.write('retry: 1000\n\n')
  let missed = false
  const send = (change: object) => outgoing.write(`data: ${JSON.stringify(change)}\n\n`)
  const unsubscribe = mock.subscribe((change) => {
    if (outgoing.writableNeedDrain) missed = true
    else send(change)
  })
  outgoing.on('drain', () => {
    if (!missed) return
    missed = false
    send({ type: 'missed' })
  })
  const end = () => {
    unsubscribe()
    stopped.removeEventListener('abort', end)
    outgoing.end()
  }
  stopped.addEventListener('abort', end)
  outgoing.once('close', end)
}
