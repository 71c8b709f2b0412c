import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const calls = 50_000
const inFlight = 32

test('T-38 50,000 calls with many faults leave no heap, timer, socket or rejection, and the process ends', async () => {
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    request.resume()
    const number = Number(/call(\d+)/.exec(request.url ?? '')?.[1])
    const code = { service_id: 12535, out_contract_code: `call${number}` }
    const body = JSON.stringify({ ...code, contract_state: 'SIGNED', padding: 'x'.repeat(500) })
    // No response: only the deadline ends the call.
    if (number % 1000 === 7) return
    // Each fault occurs about once per call, because the next request has another number.
    const fault = requests % 50
    if (fault === 1) return void request.socket.destroy()
    if (fault === 11)
      return void response
        .writeHead(503, { 'retry-after': '0' })
        .end('{"code":"SERVICE_UNAVAILABLE"}')
    if (fault === 21) return void response.writeHead(500).end('<html>')
    if (fault === 31) {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': body.length + 100,
      })
      return void response.write(body, () => request.socket.destroy())
    }
    if (fault === 41) return void response.writeHead(302, { location: '/elsewhere' }).end()
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const script = fileURLToPath(new URL('../testing/soak.ts', import.meta.url))
  const flags = [
    '--conditions=@wechatpay-entrust/source',
    '--expose-gc',
    '--unhandled-rejections=strict',
  ]
  const child = spawn(
    process.execPath,
    [...flags, script, baseUrl, String(calls), String(inFlight)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  try {
    const found = JSON.parse(await text(child.stdout))
    expect(await exit).toBe(0)
    expect(found.grownBytes).toBeLessThan(10_000_000)
    expect(found).toMatchObject({ timers: 0, sockets: 0, unhandled: [], lateAt: [] })
    const { success, TIMEOUT, HTTP_302 } = found.outcomes
    expect(TIMEOUT).toBe(calls / 1000)
    // Nine in ten succeed at once, most of the others after a retry, as far as the quota allows; a
    // redirect is final.
    expect(success).toBeGreaterThan(calls * 0.95)
    expect(HTTP_302).toBeGreaterThan(0)
    // One event for each request; an attempt on a connection that was just closed has one too.
    expect(found.events).toBeGreaterThanOrEqual(requests)
    expect(found.events).toBeLessThan(calls * 1.1 + 10)
    server.closeIdleConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  } finally {
    child.kill()
    server.closeAllConnections()
  }
}, 300_000)
