import { ConfigurationError } from '@wechatpay-entrust/auth'
import { createReport, type Remedy } from '@wechatpay-entrust/base'
import { type IoRedis, type NodeRedis, readInfo } from './client.ts'

/**
 * It is unknown whether the server has an append-only file (AOF), because the role may not call
 * `INFO`. Make sure that it has one.
 */
export interface DurabilityUnknown {
  readonly type: 'inbox:durability-unknown'
}

export interface RedisInboxOptions {
  /**
   * The prefix of every key, as a hash tag: `{wechatpay_inbox}:…`. Default `wechatpay_inbox`. One
   * inbox is one slot of a cluster.
   */
  readonly name?: string | undefined
  /**
   * Accepts a server without AOF, or one that evicts keys. For tests: a crash loses what was
   * acknowledged.
   */
  readonly acceptLoss?: boolean | undefined
  /**
   * `false`: creates no key; if no key of the inbox exists, it rejects with `unsuitable-store`. For
   * tools that only look. Default true.
   */
  readonly create?: boolean | undefined
  /** Without it, failures go to `console.error`; `() => {}` silences them. */
  readonly onEvent?: ((event: DurabilityUnknown) => void) | undefined
  /** Writes one line to `console.error` for each event. Default: `WECHATPAY_DEBUG=1`. */
  readonly debug?: boolean | undefined
}

/** A record, so that the compiler reports a missing name. */
export const knownOptions: { readonly [Name in keyof Required<RedisInboxOptions>]: true } = {
  name: true,
  acceptLoss: true,
  create: true,
  onEvent: true,
  debug: true,
}

/** @throws {ConfigurationError} `unsuitable-store` */
export async function requireDurable(
  client: IoRedis | NodeRedis,
  { onEvent, debug }: RedisInboxOptions,
): Promise<void> {
  const info = await readInfo(client)
  const aof = info?.get('aof_enabled')
  if (info === undefined || aof === undefined) {
    const report = createReport<DurabilityUnknown>({ onEvent, debug, isFailure: () => true })
    return report({ type: 'inbox:durability-unknown' })
  }
  if (aof !== '1') {
    throw unsuitable('appendonly no', 'appendonly yes', {
      en: 'Turn the append-only file (AOF) on',
      zh: '请开启 AOF（appendonly yes）',
    })
  }
  const policy = info.get('maxmemory_policy') ?? 'noeviction'
  if (policy.startsWith('allkeys') && info.get('maxmemory') !== '0') {
    throw unsuitable(`maxmemory-policy ${policy}`, 'maxmemory-policy noeviction', {
      en: 'Use a server that is not a cache',
      zh: '请使用不作缓存用途的 Redis 服务器',
    })
  }
}

export const noInbox = (key: string) =>
  new ConfigurationError('unsuitable-store', {
    slot: 'name',
    found: `no key that begins with ${key}:`,
    expected: 'the keys of an inbox',
    remedy: {
      en: 'Check name (--name on the command line) and the number of the database in the address; the service that receives notifications creates the first key when it starts.',
      zh: '请检查 name（命令行参数 --name）以及地址中的数据库编号；接收通知的服务启动时会创建第一个键。',
    },
  })

const unsuitable = (found: string, expected: string, remedy: Remedy) =>
  new ConfigurationError('unsuitable-store', {
    slot: 'client',
    found: `${found} on the Redis server`,
    expected,
    remedy: {
      en: `${remedy.en}: it would lose acknowledged notifications. In tests, set acceptLoss: true to accept that.`,
      zh: `${remedy.zh}：否则会丢失已应答的通知。测试中可设置 acceptLoss: true。`,
    },
  })
