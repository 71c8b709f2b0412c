import type { FastifyBaseLogger } from 'fastify'
import type { ServiceEvent } from './metrics.ts'

/** For people to look at soon. A refused probe is no alarm. */
const alarming = new Set([
  'notification:conflict',
  'notification:failed',
  'inbox:parked',
  'inbox:error',
])

/**
 * What may stand in a log: names, ids, codes and numbers. No openid, no plaintext, no body is among
 * them.
 */
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
 * One line for each event. Of an error the name and the code: the message of a database's error may
 * quote values.
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
