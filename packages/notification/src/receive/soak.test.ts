import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { post } from '../testing/adapter-suite.ts'
import { signed } from '../testing/fixtures.ts'

const notifications = 50_000
const script = (name: string) => fileURLToPath(new URL(`../testing/${name}`, import.meta.url))
const source = '--conditions=@wechatpay-entrust/source'

test('T-38 50,000 notifications, one in twenty bad: no heap, timer or rejection is left, and the process ends', async () => {
  const flags = [source, '--expose-gc', '--unhandled-rejections=strict']
  const args = [...flags, script('soak.ts'), String(notifications), '16']
  // A process that does not end fails by the limit.
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 280_000 })
  const { grownBytes, counts, ...left } = JSON.parse(stdout)
  expect(grownBytes).toBeLessThan(10_000_000)
  expect(left).toEqual({ timers: 0, unhandled: [], aborted: 0 })
  const each = notifications / 100
  const rejected = [
    'body-incomplete',
    'mismatch',
    'content-encoding',
    'body-too-large',
    'stale-timestamp',
  ]
  for (const code of rejected) expect([code, counts[code]]).toEqual([code, each])
  expect(counts['401']).toBe(rejected.length * each)
  expect(counts['500']).toBe(counts['inbox-failed'])
  expect(counts['204'] + counts['401'] + counts['500']).toBe(notifications)
}, 300_000)

test('T-20 compressed bodies of 60 MiB are rejected without decompression: memory grows by less than 20 MB', async () => {
  const bomb = gzipSync(new Uint8Array(60 * 2 ** 20))
  expect(bomb.length).toBeLessThan(65_536) // so that its length alone does not reject it
  const server = fork(script('flood-server.ts'), {
    execArgv: [source],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  try {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }]
    const send = async (encoding: Record<string, string>) => {
      const { headers } = signed()
      const message = { headers: { ...headers, ...encoding }, body: Uint8Array.from(bomb) }
      for (let count = 0; count < 200; count += 1)
        expect((await post(`http://127.0.0.1:${port}/notify`, message)).status).toBe(401)
      server.send('report')
      const [report] = (await once(server, 'message')) as [
        { peak: number; counts: Record<string, number> },
      ]
      return report
    }
    // The same bytes, rejected by their timestamp: the memory for any body of that length.
    const before = await send({})
    const after = await send({ 'Content-Encoding': 'gzip' })
    expect(after.counts).toEqual({ 'notification:rejected': 400 })
    expect(after.peak - before.peak).toBeLessThan(20_000_000)
  } finally {
    server.kill()
  }
})
