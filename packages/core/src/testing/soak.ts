// Run by soak.test.ts in its own process: makes 50,000 calls over real sockets and reports what they
// leave behind.
import { createClient } from '../call/client.ts'
import type { SignedResponse } from '../call/transport.ts'

const [baseUrl = '', calls = '0', inFlight = '1'] = process.argv.slice(2)
const half = Number(calls) / 2
const unhandled: string[] = []
process.on('unhandledRejection', (error) => unhandled.push(String(error)))

let events = 0
const lateAt: number[] = []
const client = createClient({
  baseUrl,
  fetch: async (url, { body, ...init }) => {
    const response = await fetch(url, { ...init, ...(body === undefined ? {} : { body }) })
    return Object.assign(response, { verified: true }) as SignedResponse
  },
  onEvent: ({ type }) => {
    if (type === 'attempt') events += 1
  },
})
/** One signal for all calls, like the shutdown signal of a service: a listener that is left stays. */
const { signal } = new AbortController()
const outcomes: Record<string, number> = {}

async function call(number: number): Promise<void> {
  const timeout = number % 1000 === 7 ? 100 : 30_000
  // Fires after the timer of the deadline also on a slow machine, because both are timers here.
  const late = setTimeout(() => lateAt.push(number), timeout + 1_000)
  const path = { service_id: 12535, out_contract_code: `call${number}` }
  const outcome = await client.getContractByCode({ path }, { signal, timeout }).then(
    () => 'success',
    (error: { code?: string }) => error.code ?? String(error),
  )
  clearTimeout(late)
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
const count = (resource: string) =>
  process.getActiveResourcesInfo().filter((name) => name === resource).length
// The sockets of the last calls close a little later.
for (let round = 0; round < 100 && count('TCPSocketWrap') > 0; round += 1)
  await new Promise((resolve) => setTimeout(resolve, 100))
const after = heap()
const [timers, sockets] = [count('Timeout'), count('TCPSocketWrap')]
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
// The process must end by itself here, although idle connections of the pool are still open.
