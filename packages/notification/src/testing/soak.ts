// Run by soak.test.ts as a process of its own: many notifications through handleNotification, and
// what they leave behind.

import type { NotificationEvent } from '../respond/events.ts'
import { handleNotification } from '../respond/handle.ts'
import { envelope, type Message, nowSeconds, options, signed } from './fixtures.ts'

const [notifications = '0', inFlight = '1'] = process.argv.slice(2)
const half = Number(notifications) / 2
const unhandled: string[] = []
process.on('unhandledRejection', (error) => unhandled.push(String(error)))

const counts: Record<string, number> = {}
const count = (name: string) => {
  counts[name] = (counts[name] ?? 0) + 1
}
const onEvent = (event: NotificationEvent) => count('code' in event ? event.code : event.type)

/**
 * Signing is the sender's work: as many as are needed so that no two of those under way are the
 * same.
 */
const messages = Array.from({ length: 200 }, (_, at) =>
  signed(envelope(undefined, { id: `EV-${at}` })),
)
const stale = signed(envelope(), nowSeconds - 301)

const claims = new Set<string>()
/** Claims whose signal aborted: none takes so long, so a timer would have been left. */
let aborted = 0
const inbox = {
  async claim({ id }: { readonly id: string }, signal: AbortSignal) {
    signal.addEventListener(
      'abort',
      () => {
        aborted += 1
      },
      { once: true },
    )
    if (id === 'EV-7') throw new Error('not reachable')
    if (claims.has(id)) return 'duplicate' as const
    claims.add(id)
    return 'new' as const
  },
}

function requestOf(number: number): { request: Request; budgetMs: number } {
  const { headers, body } = messages[number % messages.length] as Message
  const request = (sent: BodyInit, more: object = {}) =>
    new Request('https://yourapp.com/notify', {
      method: 'POST',
      headers: { ...headers, ...more },
      body: sent,
      duplex: 'half',
    } as RequestInit)
  const chunks = (...parts: Uint8Array[]) => {
    // Enqueued one by one, as a socket brings them; without an end where the last is empty.
    const rest = [...parts]
    return new ReadableStream({
      pull(controller) {
        const part = rest.shift()
        if (part === undefined) controller.close()
        else if (part.length > 0) controller.enqueue(part)
        else return new Promise<void>(() => {})
      },
    })
  }
  const budgetMs = 3500
  switch (number % 100) {
    case 11:
      return { request: request(chunks(body.subarray(0, 50), new Uint8Array())), budgetMs: 5 }
    case 31:
      return { request: request(chunks(body.subarray(0, 50))), budgetMs }
    case 51:
      return {
        request: request(body as Uint8Array<ArrayBuffer>, { 'Content-Encoding': 'gzip' }),
        budgetMs,
      }
    case 71:
      return { request: request(chunks(new Uint8Array(40_000), new Uint8Array(40_000))), budgetMs }
    case 91:
      return {
        request: new Request('https://yourapp.com/notify', {
          method: 'POST',
          ...stale,
        } as RequestInit),
        budgetMs,
      }
    default:
      return { request: request(chunks(body.subarray(0, 50), body.subarray(50))), budgetMs }
  }
}

async function run(from: number, to: number): Promise<void> {
  let next = from
  const lane = async () => {
    for (let number = next++; number < to; number = next++) {
      const { request, budgetMs } = requestOf(number)
      const { status } = await handleNotification(request, { ...options, inbox, onEvent, budgetMs })
      count(String(status))
    }
  }
  await Promise.all(Array.from({ length: Number(inFlight) }, lane))
}

function heap(): number {
  for (let round = 0; round < 4; round += 1) globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

await run(0, half)
const before = heap()
await run(half, 2 * half)
const after = heap()
const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
process.stdout.write(
  JSON.stringify({ grownBytes: after - before, timers, unhandled, aborted, counts }),
)
// And here it has to end by itself.
