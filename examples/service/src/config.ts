import { readFileSync } from 'node:fs'
import type { WeChatPayOptions } from 'wechatpay-entrust'

/** The settings of a deployment, from the environment. */
export interface Config {
  readonly databaseUrl: string
  /** Connections to PostgreSQL of this process. */
  readonly poolSize: number
  readonly host: string
  readonly port: number
  /** The URL to which WeChat Pay sends notifications: https, without a query. */
  readonly notifyUrl: string
  readonly wechatpay: WeChatPayOptions
  /** The fields that all contracts of this service share. */
  readonly product: {
    readonly appid: string
    readonly sub_appid: string
    readonly sub_mchid: string
    readonly service_id: number
  }
  /** Concurrent handlers. */
  readonly concurrency: number
  /** After so many milliseconds another process takes over the work of one that died. */
  readonly leaseMs: number
  readonly logLevel: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * RSA keys are files, so that they are not in listings of the environment. Only the APIv3 key is
 * text.
 *
 * @throws {Error} names the variable that is missing or malformed
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
      apiV3Key: text('WECHATPAY_API_V3_KEY').split(','), // current key first; two keys while you replace it
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
