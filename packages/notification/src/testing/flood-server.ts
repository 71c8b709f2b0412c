// The receiver of a flood. It has its own process, so that its memory can be measured. It reports
// its port, and its memory on request.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createNodeHandler, serverTimeouts } from '../adapters/node.ts'
import type { NotificationEvent } from '../respond/events.ts'
import { options } from './fixtures.ts'

const claimed = new Set<string>()
const counts: Record<string, number> = {}
const count = ({ type }: NotificationEvent) => {
  counts[type] = (counts[type] ?? 0) + 1
}
const handler = createNodeHandler({
  ...options,
  clock: Date.now,
  onEvent: count,
  inbox: {
    async claim({ id }) {
      if (claimed.has(id)) return 'duplicate'
      claimed.add(id)
      return 'new'
    },
  },
})

let peak = 0
const watch = () => {
  peak = Math.max(peak, process.memoryUsage().rss)
}
setInterval(watch, 50).unref()
const server = createServer(serverTimeouts, handler).listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port })
})
process.on('message', () => {
  watch()
  process.send?.({ peak, counts })
})
process.on('disconnect', () => process.exit())
