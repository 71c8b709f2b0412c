/**
 * Runs the service against the mock: its own PostgreSQL (or that of DATABASE_URL), the mock, and two
 * processes of the service behind a balancer. Contracts are pre-signed and signed, one process is
 * killed meanwhile, and each contract must be handled exactly once. It runs until Ctrl-C; with
 * `--once` it then ends.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { Pool } from 'pg'
import { startPostgres } from '../../packages/inbox/src/testing/postgres-server.ts'
import { freePort } from '../../packages/inbox/src/testing/server-process.ts'
import { startBalancer } from './demo/balancer.ts'
import { supervise } from './demo/processes.ts'
import { formatTable, readLines } from './demo/table.ts'

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    contracts: { type: 'string', default: '20' },
  },
})
const say = (text: string) => process.stdout.write(`${text}\n`)
const cleanUp: (() => unknown)[] = []
let interrupted = false
const interruption = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted = true
      resolve()
    })
  }
})

async function run(): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL ?? (await startOwnPostgres())
  const wechat = await startMockServer()
  cleanUp.push(() => wechat.close())
  const ports = [await freePort(), await freePort()]
  const balancer = await startBalancer(ports)
  cleanUp.push(() => balancer.close())

  const logFolder = mkdtempSync(join(tmpdir(), 'contract-service-'))
  const logFile = join(logFolder, 'service.log')
  const env = {
    DATABASE_URL: databaseUrl,
    WECHATPAY_MCHID: wechat.mchid,
    WECHATPAY_SERIAL_NUMBER: wechat.merchantSerialNumber,
    WECHATPAY_PRIVATE_KEY_FILE: wechat.merchantPrivateKeyPath,
    WECHATPAY_API_V3_KEY: wechat.apiV3Key,
    WECHATPAY_PUBLIC_KEY_ID: wechat.publicKeyId,
    WECHATPAY_PUBLIC_KEY_FILE: wechat.publicKeyPath,
    WECHATPAY_BASE_URL: wechat.baseUrl,
    WECHATPAY_NOTIFY_URL: `http://127.0.0.1:${balancer.port}/wechatpay/notify`,
    APPID: 'wxd678efh567hg6787',
    SUB_APPID: 'wxd678efh567hg6788',
    SUB_MCHID: '1900000109',
    SERVICE_ID: '12535',
    WORKER_LEASE_MS: '2000', // short for the demo; in production 30,000
  }
  const services = ports.map((port) => supervise(env, port, logFile))
  const [first] = services as [(typeof services)[number], ...typeof services]
  cleanUp.push(() => process.exitCode ?? rmSync(logFolder, { recursive: true })) // not deleted after a failure
  cleanUp.push(async () =>
    say(`stopped: exit codes ${(await Promise.all(services.map((one) => one.stop()))).join(', ')}`),
  )
  await Promise.all(services.map((one) => one.ready()))
  const url = `http://127.0.0.1:${balancer.port}`
  say(`service  ${url}  (two processes on ${ports.join(' and ')}, log in ${logFile})`)
  say(`mock     ${wechat.baseUrl}   PostgreSQL ${databaseUrl}\n`)

  const count = Number(values.contracts)
  const sessions: string[] = []
  for (let at = 0; at < count; at++) sessions.push(await preSign(url, at))
  say(`${count} contracts pre-signed: POST ${url}/contracts`)

  let killed: Promise<void> | undefined
  const signing = sessions.map(async (pre_entrustweb_id, at) => {
    await pause(at * 20)
    if (at === Math.floor(count / 3)) killed = first.kill()
    await wechat.mock.user.signs({ pre_entrustweb_id })
  })
  await Promise.all(signing)
  await killed
  say(
    'all signed by their users; meanwhile kill -9 of one process, which its supervisor starts again',
  )

  const pool = new Pool({ connectionString: databaseUrl, max: 1 })
  cleanUp.push(() => pool.end())
  await untilSettled(pool, wechat.mock, count)
  const lines = await readLines(pool)
  say(`\n${formatTable(lines)}\n`)
  const right = lines.filter(({ state, effects }) => state === 'signed' && effects === 1).length
  const deliveries = wechat.mock.deliveries()
  say(
    `deliveries ${deliveries.length}, of them not answered 204: ${deliveries.filter(({ status }) => status !== 204).length}`,
  )
  say(`${right} of ${count} contracts signed, each exactly once`)
  if (right !== count || lines.length !== count) throw new Error('a contract was lost or doubled')
  await first.ready()
  const metrics = await (await fetch(`${url}/metrics`)).text()
  say(
    `\nGET ${url}/metrics\n${metrics
      .split('\n')
      .filter((line) => line.startsWith('wechatpay_inbox'))
      .join('\n')}`,
  )
  if (values.once || interrupted) return
  say('\nIt stays up; Ctrl-C ends it.')
  await interruption
}

async function startOwnPostgres(): Promise<string> {
  const postgres = await startPostgres()
  cleanUp.push(() => postgres.end())
  return postgres.url
}

/** Plays the merchant's mini-program, until it opens that of WeChat Pay. */
async function preSign(url: string, at: number): Promise<string> {
  const response = await fetch(`${url}/contracts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      userId: `user-${at}`,
      openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      displayAccount: '微信代扣',
    }),
  })
  const body = await response.json()
  if (response.status !== 201)
    throw new Error(`POST /contracts responded ${response.status}: ${JSON.stringify(body)}`)
  return body.launch.extraData.pre_entrustweb_id
}

/**
 * The mock resends after 15 s of its own clock what got no 2xx. What a dead process had leased is
 * handled again when the lease expires.
 */
async function untilSettled(
  pool: Pool,
  mock: Awaited<ReturnType<typeof startMockServer>>['mock'],
  count: number,
) {
  const until = performance.now() + 60_000
  while (performance.now() < until && !interrupted) {
    await mock.clock.advance(15)
    const { rows } = await pool.query(
      "SELECT count(*)::int AS count FROM wechatpay_inbox WHERE state = 'done'",
    )
    if (rows[0].count === count) return
    await pause(200)
  }
  throw new Error(`not all of ${count} notifications were handled`)
}

try {
  await Promise.race([run(), interruption])
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
} finally {
  for (const step of cleanUp.reverse()) await step()
}
