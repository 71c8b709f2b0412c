import { ConfigurationError, requireKnownOptions } from '@wechatpay-entrust/auth'
import { encodeBase64, untilAborted } from '@wechatpay-entrust/base'
import type { Claim, InboxState, Lease, NotificationInbox } from '../../inbox.ts'
import { requireHorizon } from '../horizon.ts'
import { requireRecord, storableText, toMilliseconds } from '../record.ts'
import { type IoRedis, loadScript, type NodeRedis, type Run } from './client.ts'
import { knownOptions, noInbox, type RedisInboxOptions, requireDurable } from './options.ts'
import { type Row, readEntry, readRecord } from './rows.ts'
import { redisScript } from './script.ts'

export type { IoRedis, NodeRedis } from './client.ts'
export type { DurabilityUnknown, RedisInboxOptions } from './options.ts'

/** Collects the writes that are made together with the completion of a record. */
export interface RedisTx {
  /**
   * One command, e.g. `write('HINCRBY', '{wechatpay_inbox}:signed', openidHash, 1)`. It runs in the
   * script that completes the record; its result is dropped. In a cluster its keys need the inbox's
   * hash tag.
   */
  write(command: string, ...args: readonly (string | number)[]): void
}

/**
 * Stores notifications in Redis (6.2 or later) or Valkey, for any number of processes and machines.
 * Pass a client or cluster of ioredis or node-redis. Times and leases follow the server's clock.
 *
 * The server's `appendfsync` decides how durable a claim is. With `always` it is on the disk before
 * it resolves. With `everysec`, the default, it survives a crash of Redis, but a power failure may
 * lose the last second. A replica that takes over may lack the latest claims. The inbox does not
 * start without AOF, or where memory pressure evicts keys.
 *
 * The writes of `apply` are collected and run with the completion in one script: all of them, or
 * none if the lease was lost. Redis cannot roll back: if one of several writes fails (a key of
 * another type), the record is parked, and `complete` rejects with the reason.
 *
 * @throws {ConfigurationError} `malformed-name`, `unsuitable-store`, `unknown-option`
 *
 * @example
 * ```ts
 * import { createRedisInbox } from '@wechatpay-entrust/inbox/redis'
 * import { Redis } from 'ioredis'
 *
 * const inbox = await createRedisInbox(new Redis({ connectTimeout: 2000, commandTimeout: 3500 }))
 * ```
 */
export async function createRedisInbox(
  client: IoRedis | NodeRedis,
  options: RedisInboxOptions = {},
): Promise<NotificationInbox<RedisTx>> {
  requireKnownOptions(options, knownOptions)
  const { name = 'wechatpay_inbox', acceptLoss = false, create = true } = options
  if (!/^[\w:.-]{1,64}$/.test(name)) {
    throw new ConfigurationError('malformed-name', {
      slot: 'name',
      found: 'a name with other characters, or of another length',
      expected: 'letters, digits and _ : . -, at most 64',
      remedy: {
        en: 'Choose such a name; every key begins with it.',
        zh: '请使用符合要求的名称；所有键都以它开头。',
      },
    })
  }
  if (!acceptLoss) await requireDurable(client, options)
  const run = await loadScript(client, redisScript)
  const key = `{${name}}`
  if ((await run(key, create ? 'create' : 'exists')) === 0) throw noInbox(key)
  return { location: `${key}:*`, ...overScript(run, key) }
}

/** Different for any two pairs of texts. */
const memberOf = (scope: string, id: string) => JSON.stringify([scope, id])
const heldBy = ({ record, token }: Lease) => [memberOf(record.scope, record.id), token] as const

function overScript(run: Run, key: string): NotificationInbox<RedisTx> {
  const call = (operation: string, ...args: readonly (string | number)[]) =>
    run(key, operation, ...args.map(String))
  const entries = async (state: InboxState, limit: number) => {
    const rows = limit < 1 ? [] : ((await call('list', state, limit)) as Row[])
    return rows.map(readEntry)
  }
  return {
    async claim(record, signal) {
      requireRecord(record)
      const { scope, id, digest, eventType, sealed } = record
      signal.throwIfAborted()
      const claiming = call(
        'claim',
        memberOf(scope, id),
        scope,
        id,
        digest,
        eventType,
        encodeBase64(sealed),
      )
      return (await untilAborted(claiming, signal)) as Claim
    },

    async lease({ owner, limit, leaseMs }) {
      const rows = (await call(
        'lease',
        storableText(owner),
        limit,
        toMilliseconds('leaseMs', leaseMs),
      )) as Row[]
      return rows.map((row) => ({
        record: readRecord(row),
        token: String(row[7]),
        attempt: Number(row[6]),
      }))
    },

    renew: async (lease, leaseMs) =>
      (await call('renew', ...heldBy(lease), toMilliseconds('leaseMs', leaseMs))) === 1,

    async complete(lease, apply) {
      const { tx, end } = collectWrites()
      if (apply !== undefined) {
        // `apply` may also call other services. It must not, for a record that another one has.
        if ((await call('held', ...heldBy(lease))) !== 1) return false
        try {
          await apply(tx)
        } finally {
          end()
        }
      }
      const writes = end()
      const [outcome, applied, reason] = (await call(
        'complete',
        ...heldBy(lease),
        ...writes.flat(),
      )) as string[]
      if (outcome !== 'failed') return outcome === 'done'
      const parked =
        applied === '0'
          ? 'none was made'
          : `${applied} before it were made, and the record is parked`
      throw new Error(
        `Write ${Number(applied) + 1} of ${writes.length} was refused by Redis (${reason}); ${parked}.`,
      )
    },

    release: async (lease, { delayMs, error, park = false }) =>
      (await call(
        'release',
        ...heldBy(lease),
        toMilliseconds('delayMs', delayMs),
        storableText(error),
        park ? 'park' : 'again',
      )) === 1,

    async stats() {
      const [ready = 0, leased = 0, parked = 0, done = 0, oldestReadyMs = 0] = (
        (await call('stats')) as number[]
      ).map(Number)
      return { ready, leased, parked, done, oldestReadyMs }
    },

    async prune({ doneBefore }) {
      requireHorizon(doneBefore, Number(await call('now')))
      let forgotten = 0
      // In portions, so that no script blocks the server for long.
      for (let count = 1000; count === 1000; forgotten += count)
        count = Number(await call('prune', doneBefore.getTime()))
      return forgotten
    },

    async list({ state, limit = 100 } = {}) {
      if (state !== undefined) return entries(state, limit)
      const all = await Promise.all(
        (['ready', 'leased', 'parked', 'done'] as const).map((one) => entries(one, limit)),
      )
      // A record that changed its state between two queries would occur twice.
      const once = new Map(all.flat().map((entry) => [memberOf(entry.scope, entry.id), entry]))
      return [...once.values()]
        .sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())
        .slice(0, limit)
    },

    async find(scope, id) {
      const row = (await call('find', memberOf(scope, id))) as Row
      return row[1] === null ? undefined : readEntry(row)
    },

    retry: async (scope, id) => (await call('retry', memberOf(scope, id))) === 1,

    async close() {},
  }
}

/** Each command: the number of its words, then the words. */
function collectWrites(): { tx: RedisTx; end: () => (string | number)[][] } {
  const writes: (string | number)[][] = []
  let ended = false
  const tx: RedisTx = {
    write(command, ...args) {
      if (ended) throw new Error('write() came after apply had ended; await what you do in it.')
      writes.push([args.length + 1, command, ...args])
    },
  }
  return {
    tx,
    end() {
      ended = true
      return writes
    },
  }
}
