import { randomUUID } from 'node:crypto'
import { createInboxWorker } from '@wechatpay-entrust/inbox'
import { createPostgresInbox } from '@wechatpay-entrust/inbox/postgres'
import { createFastifyPlugin } from '@wechatpay-entrust/notification/fastify'
import { serverTimeouts } from '@wechatpay-entrust/notification/node'
import { fastify, LogController } from 'fastify'
import { Pool } from 'pg'
import { createWeChatPay, toMiniProgramLaunch } from 'wechatpay-entrust'
import type { Config } from './config.ts'
import { addContract, findContract, isOurs, settle } from './contracts.ts'
import { logEvent } from './log-event.ts'
import { createMetrics, type ServiceEvent } from './metrics.ts'
import { migrate } from './migrations.ts'
import { startUpkeep } from './upkeep.ts'

export interface Service {
  readonly port: number
  /** Accepts nothing new, finishes the running work, and closes everything. Idempotent. */
  stop(): Promise<void>
}

const newContract = {
  schema: {
    body: {
      type: 'object',
      required: ['userId', 'openid', 'displayAccount'],
      properties: Object.fromEntries(
        ['userId', 'openid', 'displayAccount'].map((name) => [
          name,
          { type: 'string', minLength: 1, maxLength: 128 },
        ]),
      ),
    },
  },
}
interface NewContract {
  readonly userId: string
  readonly openid: string
  readonly displayAccount: string
}

/**
 * One process: creates contracts, receives notifications and handles them. Any number of processes
 * may run.
 */
export async function startService(config: Config): Promise<Service> {
  const { product, notifyUrl } = config
  const app = fastify({
    http: serverTimeouts,
    logger: { level: config.logLevel },
    logController: new LogController({ disableRequestLogging: true }), // the events have more details
  })
  const metrics = createMetrics()
  const onEvent = (event: ServiceEvent) => {
    metrics.count(event)
    logEvent(app.log, event)
  }

  const pool = new Pool({
    connectionString: config.databaseUrl,
    max: config.poolSize,
    // Fail before WeChat Pay stops waiting, which is after 5 s.
    connectionTimeoutMillis: 2000,
    statement_timeout: 3500,
  })
  pool.on('error', ({ name }) => app.log.warn({ error: name }, 'an idle connection broke'))
  await migrate(pool)
  // Omit `prepare` behind an old PgBouncer.
  const inbox = await createPostgresInbox(pool, { prepare: true })
  const wechatpay = createWeChatPay({ ...config.wechatpay, onEvent })
  const worker = createInboxWorker({
    inbox,
    apiV3Key: config.wechatpay.apiV3Key,
    concurrency: config.concurrency,
    leaseMs: config.leaseMs,
    // Call other services here, before `complete`; after a crash these calls are repeated.
    handler: (notification, { id, complete }) => complete((tx) => settle(tx, notification, id)),
    onEvent,
  })
  const upkeep = startUpkeep({
    ...{ pool, inbox, wechatpay, onEvent, serviceId: product.service_id },
    onFailure: (error) => app.log.error({ error: (error as Error).name }, 'upkeep failed'),
  })

  app.register(
    createFastifyPlugin({
      path: new URL(notifyUrl).pathname,
      ...wechatpay.notifications,
      expect: (event) => isOurs(pool, product.service_id, event),
      inbox: worker,
    }),
  )
  app.post<{ Body: NewContract }>('/contracts', newContract, async (request, reply) => {
    const { userId, openid, displayAccount } = request.body
    const code = randomUUID().replaceAll('-', '')
    await addContract(pool, code, userId)
    const { data } = await wechatpay.qsMiniProgramPreEntrustSign({
      json: {
        ...product,
        out_contract_code: code,
        contract_display_account: displayAccount,
        openid,
        notify_url: notifyUrl,
      },
    })
    // `launch` is for `wx.navigateToMiniProgram`. If the call fails, the response is a 500 and the
    // contract stays pending: the user cannot sign it.
    return reply.code(201).send({ out_contract_code: code, launch: toMiniProgramLaunch(data) })
  })
  app.get<{ Params: { code: string } }>('/contracts/:code', async (request, reply) => {
    const found = await findContract(pool, request.params.code)
    return found ?? reply.code(404).send({ message: 'no such contract' })
  })

  let stopping: Promise<void> | undefined
  app.get('/health/live', async () => ({ live: true }))
  app.get('/health/ready', async (_, reply) => {
    const ready =
      stopping === undefined && (await pool.query('SELECT 1').then(Boolean, () => false))
    return reply.code(ready ? 200 : 503).send({ ready })
  })
  app.get('/metrics', async (_, reply) =>
    reply.type('text/plain; version=0.0.4').send(metrics.render(await inbox.stats())),
  )

  await app.listen({ host: config.host, port: config.port })
  const stop = async () => {
    await app.close() // first, so that no notification arrives while the worker stops
    await upkeep.stop()
    await worker.stop()
    wechatpay.close()
    await pool.end()
    app.log.info('stopped')
  }
  return {
    port: (app.addresses()[0] as { port: number }).port,
    stop() {
      stopping ??= stop()
      return stopping
    },
  }
}
