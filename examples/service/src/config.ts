import { readFileSync } from 'node:fs'
import type { WeChatPayOptions } from 'wechatpay-entrust'

/** All that differs between one deployment and the next, from the environment. */
export interface Config {
  readonly databaseUrl: string
  /** Connections to PostgreSQL of this process. */
  readonly poolSize: number
  readonly host: string
  readonly port: number
  /** Where WeChat Pay reaches this service: https, without query. */
  readonly notifyUrl: string
  readonly wechatpay: WeChatPayOptions
  /** What every contract of this service has in common. */
  readonly product: {
    readonly appid: string
    readonly sub_appid: string
    readonly sub_mchid: string
    readonly service_id: number
  }
  /** Handlers at once. */
  readonly concurrency: number
  /** After how many milliseconds another process takes over from one that died. */
  readonly leaseMs: number
  readonly logLevel: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * @throws {Error} Names the variable that is missing or wrong. Keys are files, so that none lies in
 * the environment's listings but one.
 */
export function readConfig(env: Environment): Config {
  const text = (name: string) => {
    const value = env[name]
    if (value === undefined || value === '') throw new Error(`${name} is not set.`)
    return value
  }
  const number = (name: string, otherwise?: number) => {
    const value =
      env[name] === undefined && otherwise !== undefined ? otherwise : Number(text(name))
    if (!Number.isInteger(value) || value < 0) throw new Error(`${name} is no whole number.`)
    return value
  }
  const file = (name: string) => readFileSync(text(name), 'utf8')
  return {
    databaseUrl: text('DATABASE_URL'),
    poolSize: number('DATABASE_POOL_SIZE', 10),
    host: env.HOST ?? '0.0.0.0',
    port: number('PORT', 3000),
    notifyUrl: text('WECHATPAY_NOTIFY_URL'),
    wechatpay: {
      mchid: text('WECHATPAY_MCHID'),
      serialNumber: text('WECHATPAY_SERIAL_NUMBER'),
      privateKey: file('WECHATPAY_PRIVATE_KEY_FILE'),
      apiV3Key: text('WECHATPAY_API_V3_KEY').split(','), // two while it changes, the current one first
      publicKey: { id: text('WECHATPAY_PUBLIC_KEY_ID'), pem: file('WECHATPAY_PUBLIC_KEY_FILE') },
      baseUrl: env.WECHATPAY_BASE_URL, // for the mock
    },
    product: {
      appid: text('APPID'),
      sub_appid: text('SUB_APPID'),
      sub_mchid: text('SUB_MCHID'),
      service_id: number('SERVICE_ID'),
    },
    concurrency: number('WORKER_CONCURRENCY', 4),
    leaseMs: number('WORKER_LEASE_MS', 30_000),
    logLevel: env.LOG_LEVEL ?? 'info',
  }
}
