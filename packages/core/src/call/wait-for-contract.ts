import { deadlinePassed, startDeadline } from '@wechatpay-entrust/base'
import type { ApiError } from '../errors/api-error.ts'
import type { Contract } from '../models.ts'
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

/** {@link Client.waitForContract} over one query. */
export async function waitForContract(
  query: Query,
  { service_id, out_contract_code, signal, expiresAt, timeout = twoHours }: ContractWait,
  clock: () => number,
): Promise<ApiResponse<Contract> | undefined> {
  signal?.throwIfAborted()
  const untilExpiry = expiresAt === undefined ? twoHours : Number(expiresAt) - clock()
  if (Number.isNaN(untilExpiry) || Number.isNaN(timeout)) throw invalidExpiry()
  const deadline = startDeadline(Math.max(0, Math.min(timeout, untilExpiry, twoHours)), signal)
  try {
    for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 1.5)) {
      const isLast = deadline.remaining() <= 0
      // The deadline does not abort a query: its result is what the caller waits for.
      const found = await query({ path: { service_id, out_contract_code } }, { signal }).catch(
        (error: unknown) => {
          if ((error as Partial<ApiError>).notFound === true) return undefined
          if (!isTemporary(error) || isLast || signal?.aborted) throw error
          return undefined
        },
      )
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

function invalidExpiry(): RequestError {
  const expected =
    'a Date or milliseconds since the epoch, and a number of milliseconds as `timeout`'
  return new RequestError('waitForContract', [
    { code: 'invalid-expiry', location: 'options', field: 'expiresAt', expected, found: 'neither' },
  ])
}
