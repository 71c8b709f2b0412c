/**
 * One receiver with its worker, in its own process, which the proofs kill. Its configuration is in
 * the environment, and it exits when its parent does.
 */
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createPlatformKeys } from '@wechatpay-entrust/auth'
import { createInboxWorker } from '@wechatpay-entrust/inbox'
import { createNodeHandler, serverTimeouts } from '@wechatpay-entrust/notification/node'
import { keys } from '../keys.ts'
import { type CrashPoint, withCrashPoints } from './crash-points.ts'
import { openStore, type StorePlace } from './stores.ts'

export interface ReceiverConfig {
  readonly store: StorePlace
  readonly port: number
  readonly name: string
  /** Each call of the handler adds a line with the id. */
  readonly callLog: string
  readonly leaseMs: number
  readonly crashAt?: CrashPoint
  /** false: no worker. */
  readonly work?: boolean
}

/** How many records one receiver handles at a time. */
export const concurrency = 8

if (process.env.RECEIVER !== undefined)
  await run(JSON.parse(process.env.RECEIVER) as ReceiverConfig)

async function run({
  store: place,
  port,
  name,
  callLog,
  leaseMs,
  crashAt,
  work = true,
}: ReceiverConfig) {
  const reach = (point: CrashPoint) => {
    if (point === crashAt) process.kill(process.pid, 'SIGKILL')
  }
  const store = await openStore(place)
  const inbox = withCrashPoints(store.inbox, reach)
  const platformKeys = createPlatformKeys({
    publicKey: { id: keys.publicKey.id, pem: keys.publicKey.publicKey },
  })

  const startWorker = () =>
    createInboxWorker({
      inbox,
      apiV3Key: keys.apiV3Key,
      owner: name,
      leaseMs,
      concurrency,
      pollMs: 50,
      backoff: () => 50,
      maxAttempts: 10_000,
      handler: async (_, { id, complete }) => {
        appendFileSync(callLog, `${id}\n`)
        await complete((tx) => store.effect(tx, id))
      },
    })
  const listener = createNodeHandler({
    platformKeys,
    apiV3Key: keys.apiV3Key,
    mchid: keys.merchant.mchid,
    inbox: work ? startWorker() : inbox,
  })
  createServer(serverTimeouts, (request, response) => {
    response.on('finish', () => response.statusCode === 204 && reach('answered'))
    void listener(request, response)
  }).listen(port, '127.0.0.1', () => process.send?.('listening'))

  process.on('message', (message) => {
    if (message === 'memory') process.send?.({ rss: process.memoryUsage.rss() })
  })
  process.on('disconnect', () => process.exit())
}
