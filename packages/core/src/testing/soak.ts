// Run by soak.test.ts as a process of its own: 50,000 calls over real sockets, and what they leave
// behind.
import { createClient } from '../call/client.ts'
import type { SignedResponse } from '../call/transport.ts'

const [baseUrl = '', calls = '0', inFlight = '1'] = process.argv.slice(2)
const half = Number(calls) / 2
const unhandled: string[] = []
process.on('unhandledRejection', (error) => unhandled.push(String(error)))

let events = 0
let lateAt: number[] = []
const client = createClient({
  baseUrl,
  fetch: async (url, { body, ...init }) => {
    const response = await fetch(url, { ...init, ...(body === undefined ? {} : { body }) })
    return Object.assign(response, { verified: true }) as SignedResponse
  },
  onEvent: () => {
    events += 1
  },
})
/**
 * One for all calls, as a service that shuts down has it: a listener left behind would stay for
 * ever.
 */
const { signal } = new AbortController()
const outcomes: Record<string, number> = {}

async function call(number: number): Promise<void> {
  const timeout = number % 1000 === 7 ? 100 : 30_000
  const startedAt = performance.now()
  const path = { service_id: 12535, out_contract_code: `call${number}` }
  const outcome = await client.getContractByCode({ path }, { signal, timeout }).then(
    () => 'answered',
    (error: { code?: string }) => error.code ?? String(error),
  )
  if (performance.now() - startedAt > timeout + 5_000) lateAt = [...lateAt, number]
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
}

async function run(from: number, to: number): Promise<void> {
  let next = from
  const worker = async () => {
    for (let number = next++; number < to; number = next++) await call(number)
  }
  await Promise.all(Array.from({ length: Number(inFlight) }, worker))
}

function heap(): number {
  for (let round = 0; round < 4; round += 1) globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

await run(0, half)
const before = heap()
await run(half, 2 * half)
await new Promise((resolve) => setTimeout(resolve, 200))
const after = heap()
const active = process.getActiveResourcesInfo()
const timers = active.filter((name) => name === 'Timeout').length
const sockets = active.filter((name) => name === 'TCPSocketWrap').length
process.stdout.write(
  JSON.stringify({
    grownBytes: after - before,
    timers,
    sockets,
    unhandled,
    lateAt,
    outcomes,
    events,
  }),
)
// And here it has to end by itself: idle connections of the pool are still open.
