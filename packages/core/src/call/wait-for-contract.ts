import { deadlinePassed, startDeadline } from '@wechatpay-entrust/base'
import type { ApiError } from '../errors/api-error.ts'
import type { Contract } from '../models.ts'
import { requireMembers } from '../request/arguments.ts'
import { RequestError } from '../request/request-error.ts'
import type { ApiResponse, CallOptions } from './operation.ts'
import { isProbe } from './retry.ts'

/** Which contract to wait for, and for how long. */
export interface ContractWait {
  readonly service_id: number
  readonly out_contract_code: string
  /** Ends the wait at any time; it rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined
  /**
   * The end of the signing session (签约会话), `expiresAt` of `toMiniProgramLaunch`: a Date, or
   * milliseconds since the epoch. The last query is made then.
   */
  readonly expiresAt?: Date | number | undefined
  /** Longest wait in milliseconds. Default and maximum: two hours, the lifetime of a session. */
  readonly timeout?: number | undefined
}

type Query = (
  args: { path: Pick<ContractWait, 'service_id' | 'out_contract_code'> },
  options: Pick<CallOptions, 'signal'>,
) => Promise<ApiResponse<Contract>>

const twoHours = 2 * 60 * 60 * 1_000
const firstPause = 2_000
const longestPause = 60_000

/** States that end the wait. The spec's list is open: in any other state the query is repeated. */
const finalStates: readonly string[] = ['SIGNED', 'TERMINATED']

/**
 * Responses in a row that nobody can trust, such as a 404 of a gateway. One of them may be a passing
 * fault on the way; so many are a wrong host or route.
 */
const mostUntrusted = 5

const waitMembers = ['service_id', 'out_contract_code', 'signal', 'expiresAt', 'timeout']

/** {@link Client.waitForContract} over one query. */
export async function waitForContract(
  query: Query,
  given: ContractWait,
  clock: () => number,
): Promise<ApiResponse<Contract> | undefined> {
  requireMembers('waitForContract', 'arguments', given, waitMembers)
  const { service_id, out_contract_code, signal, expiresAt, timeout = twoHours } = given
  signal?.throwIfAborted()
  const untilExpiry = expiresAt === undefined ? twoHours : Number(expiresAt) - clock()
  if (Number.isNaN(untilExpiry) || Number.isNaN(timeout)) throw invalidExpiry()
  const deadline = startDeadline(Math.max(0, Math.min(timeout, untilExpiry, twoHours)), signal)
  let untrusted = 0
  try {
    for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 1.5)) {
      const isLast = deadline.remaining() <= 0
      // The deadline does not abort a query: its result is what the caller waits for.
      const found = await query({ path: { service_id, out_contract_code } }, { signal }).catch(
        (error: unknown) => {
          untrusted = isUntrusted(error) ? untrusted + 1 : 0
          if ((error as Partial<ApiError>).notFound === true) return undefined
          const goesOn = isTemporary(error) || (untrusted > 0 && untrusted < mostUntrusted)
          if (!goesOn || isLast || signal?.aborted) throw error
          return undefined
        },
      )
      if (found !== undefined) untrusted = 0
      if (found !== undefined && finalStates.includes(found.data.contract_state)) return found
      if (isLast) return undefined
      // Jitter, because many users sign at the same hour.
      await deadline
        .wait(pause * (0.75 + Math.random() / 2), deadlinePassed)
        .catch((ended: unknown) => {
          if (ended !== deadlinePassed) throw ended
        })
    }
  } finally {
    deadline.release()
  }
}

const isTemporary = (error: unknown) =>
  isProbe(error) || (error as Partial<ApiError>).retryable === true

/**
 * Whether the response proves nothing about the contract: it is not signed, its signature is not
 * valid, or it belongs to another request. A 401 is never signed, and means that our own signature
 * is wrong.
 */
function isUntrusted(error: unknown): boolean {
  const { name, code, status, verified } = error as Partial<ApiError>
  if (name === ('SignatureError' as string) || code === 'MISMATCHED_RESPONSE') return true
  return name === 'ApiError' && verified === false && status !== undefined && status !== 401
}

function invalidExpiry(): RequestError {
  const expected =
    'a Date or milliseconds since the epoch, and a number of milliseconds as `timeout`'
  return new RequestError('waitForContract', [
    { code: 'invalid-expiry', location: 'options', field: 'expiresAt', expected, found: 'neither' },
  ])
}
