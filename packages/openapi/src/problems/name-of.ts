import { isRecord } from '@wechatpay-entrust/base'

/** What kind of value something is, without the value. */
export const nameOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : isRecord(value)
        ? 'an object'
        : `a ${typeof value}`
