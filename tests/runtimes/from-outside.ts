// Tests a runtime from another process. `node from-outside.ts serve COMMAND` sends requests to its
// servers over HTTP. `node from-outside.ts end COMMAND` checks that a process exits although
// close() was never called.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { equal } from './expect.ts'
import { receiverCases } from './receiver-cases.ts'

const [what, command = '', ...args] = process.argv.slice(2)
/**
 * Starts the command in its own process group: it may be a script that starts the runtime, and both
 * must be ended.
 */
function start(more: readonly string[] = []) {
  const child = spawn(command, [...args, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const end = () => {
    clearTimeout(limit)
    process.removeListener('exit', end)
    try {
      process.kill(-(child.pid as number), 'SIGKILL')
    } catch {
      // It has already exited.
    }
  }
  const limit = setTimeout(end, 60_000)
  process.once('exit', end)
  return { child, end }
}

async function checkServers(): Promise<string> {
  const { child, end } = start()
  try {
    const ports = await portsOf(child)
    for (const [index, port] of ports.entries())
      for (const { name, run } of receiverCases)
        await run(`http://127.0.0.1:${port}/notify`).catch((cause) => {
          throw new Error(`server ${index + 1}: ${name}`, { cause })
        })
    return `${receiverCases.length} cases hold, servers: ${ports.length}`
  } finally {
    end()
  }
}

/** The ports that the process prints: its servers listen on them. */
async function portsOf({ stdout }: ChildProcess): Promise<number[]> {
  const ports: number[] = []
  for await (const line of createInterface({ input: stdout as Readable })) {
    if (line === 'all listen') return ports
    // The second form is printed by workerd itself, which has one socket.
    const [, port, only] =
      /^listening on (\d+)$|^\{"event":"listen",.*"port":(\d+)/.exec(line) ?? []
    if (only !== undefined) return [Number(only)]
    if (port !== undefined) ports.push(Number(port))
  }
  throw new Error('the process exited before it listened')
}

async function checkEnd(): Promise<string> {
  const { baseUrl, mock, close } = await startMockServer()
  const { publicKey: _, platformCertificates: __, ...merchant } = mock.merchant
  const { child, end } = start([JSON.stringify({ ...merchant, baseUrl })])
  try {
    const [code, signal] = await once(child, 'exit')
    equal(`${code} ${signal}`, '0 null')
    equal(mock.requests().length, 2)
    return 'it ends by itself'
  } finally {
    end()
    await close()
  }
}

console.log(await (what === 'end' ? checkEnd() : checkServers()))
