import {
  type Authorization,
  freshnessSeconds,
  parseAuthorization,
  requestText,
} from '@wechatpay-entrust/auth/platform'
import type { Identity } from '../platform/identity.ts'
import type { Exchange } from './wire.ts'

/** The checks of a request, in this order. The first failure ends them. */
export const verificationSteps = [
  'authorization',
  'timestamp',
  'mchid',
  'serial_no',
  'signature',
  'nonce_str',
  'headers',
  'response_key',
  'permission',
  'fields',
  'effect',
] as const
export type StepName = (typeof verificationSteps)[number]

export interface VerificationStep {
  readonly name: StepName
  readonly result: 'passed' | 'failed' | 'not reached'
  readonly expected: string
  /** Null where there is nothing to show. */
  readonly found: string | null
}

/** How a request was verified, step by step. */
export interface Verification {
  /**
   * The text that the client must have signed (待签名串), made of what arrived; null when
   * `Authorization` cannot be read.
   */
  readonly canonical_text: string | null
  readonly steps: readonly VerificationStep[]
}

export interface VerifiedExchange {
  readonly exchange: Exchange
  /** Milliseconds, by the clock of the signatures. */
  readonly at: number
  readonly failed: StepName | undefined
  /** Why it was rejected. */
  readonly reason: string | null
}

/**
 * Reports how a request was verified. Computed only on demand, because most requests are never
 * looked at.
 */
export function describeVerification(
  { exchange, at, failed, reason }: VerifiedExchange,
  identity: Identity,
): Verification {
  const { method, target, headers, body } = exchange
  const authorization = readAuthorization(headers.get('authorization'))
  const text =
    authorization &&
    requestText({ method, url: target, body }, authorization.timestamp, authorization.nonce_str)
  const end = failed === undefined ? verificationSteps.length : verificationSteps.indexOf(failed)
  const { expected, found } = words(authorization, { at, identity, exchange })
  return {
    canonical_text: text === undefined ? null : new TextDecoder().decode(text),
    steps: verificationSteps.map((name, index) => ({
      name,
      result: index < end ? 'passed' : index === end ? 'failed' : 'not reached',
      expected: expected[name],
      found: index === end ? (reason ?? found[name] ?? null) : (found[name] ?? null),
    })),
  }
}

function words(
  authorization: Authorization | undefined,
  { at, identity, exchange }: { at: number; identity: Identity; exchange: Exchange },
): {
  expected: Readonly<Record<StepName, string>>
  found: Partial<Record<StepName, string | null>>
} {
  const { headers } = exchange
  return {
    expected: {
      authorization:
        'WECHATPAY2-SHA256-RSA2048 and mchid, nonce_str, signature, timestamp, serial_no, each once',
      timestamp: `at most ${freshnessSeconds} s from ${Math.floor(at / 1000)}`,
      mchid: identity.mchid,
      serial_no: identity.merchant.serialNumber,
      signature: "the canonical text signed with the merchant's private key",
      nonce_str: 'not used before',
      headers:
        'Accept takes application/json; User-Agent; with a body Content-Type application/json',
      response_key: 'Wechatpay-Serial names a key of the platform, or is absent',
      permission: 'the operation is permitted, and within the rate limit',
      fields: 'path, query and body fit the spec',
      effect: "possible in the contract's state",
    },
    found: {
      authorization: headers.get('authorization'),
      ...authorization,
      headers: ['accept', 'user-agent', 'content-type']
        .map((name) => `${name}: ${headers.get(name) ?? '-'}`)
        .join('; '),
      response_key: headers.get('wechatpay-serial'),
    },
  }
}

function readAuthorization(value: string | null): Authorization | undefined {
  try {
    return parseAuthorization(value)
  } catch {
    return undefined
  }
}
