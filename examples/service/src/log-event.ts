import type { FastifyBaseLogger } from 'fastify'
import type { ServiceEvent } from './metrics.ts'

/** Events that a person must check soon. A rejected probe is not one of them. */
const alarming = new Set([
  'notification:conflict',
  'notification:failed',
  'inbox:parked',
  'inbox:error',
])

/** The fields that a log may contain: names, ids, codes and numbers. No openid, plaintext or body. */
const logged = [
  ...['operation', 'host', 'status', 'attempt', 'durationMs', 'willRetry', 'delayMs', 'requestId'],
  ...[
    'id',
    'mchid',
    'scope',
    'eventType',
    'kind',
    'code',
    'probe',
    'skewSeconds',
    'during',
    'out_contract_code',
  ],
]

/**
 * Logs an event on one line. Of an error it logs name and code only: the message of a database error
 * may quote values.
 */
export function logEvent(log: FastifyBaseLogger, event: ServiceEvent): void {
  const { type, error, ...rest } = event as unknown as Readonly<Record<string, unknown>>
  const kept = Object.entries(rest).filter(
    ([name, value]) => logged.includes(name) && value !== undefined,
  )
  const { name, code } = (error ?? {}) as { readonly name?: string; readonly code?: string }
  const line = {
    ...Object.fromEntries(kept),
    ...(error !== undefined && { error: name, errorCode: code }),
  }
  log[alarming.has(String(type)) ? 'error' : 'info'](line, String(type))
}
