import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { InboxWorker, NotificationInbox } from '@wechatpay-entrust/inbox'
import { createPostgresInbox } from '@wechatpay-entrust/inbox/postgres'
import { createRedisInbox } from '@wechatpay-entrust/inbox/redis'
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { PgBoss } from 'pg-boss'
import { expect, test } from 'vitest'
import { findPostgres, startPostgres } from '../../../packages/inbox/src/testing/postgres-server.ts'
import { findRedis, startRedis } from '../../../packages/inbox/src/testing/redis-server.ts'
import { whereFound } from '../../../packages/inbox/src/testing/where-found.ts'
import { build } from '../inbox/sender.ts'
import { keys } from '../keys.ts'
import { passOnToBullMq } from './bullmq.ts'
import { passOnToPgBoss } from './pg-boss.ts'

const ids = Array.from({ length: 20 }, (_, at) => `EV-queue-${at}`)
const never = new AbortController().signal

async function claimAll(inbox: Pick<NotificationInbox, 'claim'>): Promise<void> {
  for (const id of ids) {
    const { body } = await build(id)
    const record = {
      id,
      scope: keys.merchant.mchid,
      digest: 'a'.repeat(64),
      eventType: 'ENTRUST.SIGN',
      sealed: body,
    }
    expect(await inbox.claim(record, never)).toBe('new')
  }
}

/** Counts the jobs that a queue delivers, and resolves when it has seen every id. */
function counter() {
  const seen = new Map<string, number>()
  let all = () => {}
  const complete = new Promise<void>((resolve) => {
    all = resolve
  })
  const see = (id: string) => {
    seen.set(id, (seen.get(id) ?? 0) + 1)
    if (seen.size === ids.length) all()
  }
  return { seen, see, complete }
}

const once = new Map(ids.map((id) => [id, 1]))
const allDone = async (inbox: Pick<NotificationInbox, 'stats'>, worker: InboxWorker) => {
  await worker.stop()
  expect(await inbox.stats()).toMatchObject({ done: ids.length, ready: 0, leased: 0, parked: 0 })
}

whereFound('notifications go on to pg-boss', findPostgres(), () => {
  test('each notification becomes one pg-boss job', async () => {
    const server = await startPostgres()
    const pool = new Pool({ connectionString: server.url })
    const boss = new PgBoss(server.url)
    boss.on('error', () => {})
    await boss.start()
    await boss.createQueue('contract-signed')
    const { seen, see, complete } = counter()
    await boss.work<{ id: string }>(
      'contract-signed',
      { batchSize: 20, pollingIntervalSeconds: 0.5 },
      async (jobs) => {
        for (const { data } of jobs) see(data.id)
      },
    )
    const inbox = await createPostgresInbox(pool)
    await claimAll(inbox)
    const worker = passOnToPgBoss(inbox, boss, keys.apiV3Key)
    await complete
    await allDone(inbox, worker)
    expect(seen).toEqual(once)
    await boss.stop({ graceful: false })
    await pool.end()
    await server.end()
  })

  test('when the completion of a record is rolled back, so is its job', async () => {
    const server = await startPostgres()
    const pool = new Pool({ connectionString: server.url })
    const boss = new PgBoss(server.url)
    await boss.start()
    await boss.createQueue('contract-signed')
    const inbox = await createPostgresInbox(pool)
    const failing: typeof inbox = {
      ...inbox,
      complete: (lease, apply) =>
        inbox.complete(lease, async (tx) => {
          await apply?.(tx)
          throw new Error('undone')
        }),
    }
    await claimAll(inbox)
    const worker = passOnToPgBoss(failing, boss, keys.apiV3Key)
    while ((await inbox.list({ state: 'ready' })).some(({ error }) => error === undefined))
      await pause(20)
    await worker.stop()
    const { rows } = await pool.query(
      "SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'contract-signed'",
    )
    expect(rows).toEqual([{ count: 0 }])
    await boss.stop({ graceful: false })
    await pool.end()
    await server.end()
  })
})

whereFound('notifications go on to BullMQ', findRedis(), () => {
  test('each notification becomes one BullMQ job, even when it is delivered again', async () => {
    const server = await startRedis({ appendfsync: 'always' })
    const connection = { host: '127.0.0.1', port: server.port, maxRetriesPerRequest: null }
    const client = new Redis(connection)
    const queue = new Queue('contract-signed', { connection })
    const { seen, see, complete } = counter()
    const consumer = new Worker('contract-signed', async ({ data }) => see(data.id), { connection })
    const inbox = await createRedisInbox(client)
    await claimAll(inbox)
    const worker = passOnToBullMq(inbox, queue, keys.apiV3Key)
    await complete
    await allDone(inbox, worker)
    const again = await createRedisInbox(client, { name: 'again' })
    await claimAll(again)
    const second = passOnToBullMq(again, queue, keys.apiV3Key)
    while ((await again.stats()).done < ids.length) await pause(20)
    await second.stop()
    expect(await queue.getJobCounts('waiting', 'active', 'completed')).toEqual({
      waiting: 0,
      active: 0,
      completed: 20,
    })
    expect(seen).toEqual(once)
    await consumer.close()
    await queue.close()
    client.disconnect()
    await server.end()
  })
})

test('the guide shows the code that these tests run', () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
  const guide = read('../../../docs/guide/queues.md')
  for (const file of ['pg-boss.ts', 'bullmq.ts'])
    expect(guide).toContain(`\`\`\`ts\n${read(file)}\`\`\`\n`)
})
