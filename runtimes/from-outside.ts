// What is seen of a runtime from outside of its process. `node from-outside.ts serve COMMAND`: what its servers answer over
// HTTP; `node from-outside.ts end COMMAND`: that a process ends although nobody called close().
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { equal } from './expect.ts'
import { receiverCases } from './receiver-cases.ts'

const [what, command = '', ...args] = process.argv.slice(2)
const start = (more: readonly string[] = []) =>
  spawn(command, [...args, ...more], { stdio: ['ignore', 'pipe', 'inherit'], timeout: 60_000 })

async function checkServers(): Promise<string> {
  const child = start()
  try {
    const ports = await portsOf(child)
    for (const [index, port] of ports.entries())
      for (const { name, run } of receiverCases)
        await run(`http://127.0.0.1:${port}/notify`).catch((cause) => {
          throw new Error(`server ${index + 1}: ${name}`, { cause })
        })
    return `${receiverCases.length} cases hold, servers: ${ports.length}`
  } finally {
    child.kill('SIGKILL')
  }
}

/** The ports that a process says its servers listen on. */
async function portsOf({ stdout }: ChildProcess): Promise<number[]> {
  const ports: number[] = []
  for await (const line of createInterface({ input: stdout as Readable })) {
    if (line === 'all listen') return ports
    // The other is workerd's own line, which has one socket.
    const [, port, only] = /^listening on (\d+)$|^\{"event":"listen",.*"port":(\d+)/.exec(line) ?? []
    if (only !== undefined) return [Number(only)]
    if (port !== undefined) ports.push(Number(port))
  }
  throw new Error('it ended before it listened')
}

async function checkEnd(): Promise<string> {
  const { baseUrl, mock, close } = await startMockServer()
  const { publicKey: _, platformCertificates: __, ...merchant } = mock.merchant
  try {
    const [code, signal] = await once(start([JSON.stringify({ ...merchant, baseUrl })]), 'exit')
    equal(`${code} ${signal}`, '0 null')
    equal(mock.requests().length, 2)
    return 'it ends by itself'
  } finally {
    await close()
  }
}

console.log(await (what === 'end' ? checkEnd() : checkServers()))
