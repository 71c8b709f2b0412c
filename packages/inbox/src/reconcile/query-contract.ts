import { ConfigurationError } from '@wechatpay-entrust/auth'
import type { ApiError, Contract } from '@wechatpay-entrust/core'
import type { PendingContract, ReconcileOptions } from './options.ts'

/**
 * Some failures are temporary, such as a rate limit or an outage. The client has already tried
 * three times when it throws one.
 */
const attemptsPerQuery = 4

/**
 * Queries one contract; `undefined` if a verified response reports that it does not exist. Every
 * other failure is thrown: nothing is known about the contract then.
 */
export async function queryContract<Pending extends PendingContract>(
  { service_id, out_contract_code }: Pending,
  {
    getContractByCode,
    signal,
    wait,
  }: Pick<ReconcileOptions<Pending>, 'getContractByCode' | 'signal'> &
    Required<Pick<ReconcileOptions<Pending>, 'wait'>>,
): Promise<Contract | undefined> {
  const path = { service_id, out_contract_code }
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await getContractByCode({ path }, { signal })
      return requireSame(response?.data, path)
    } catch (error) {
      if (isNotFound(error)) return undefined
      const { retryable } = (error ?? {}) as Partial<ApiError>
      if (signal?.aborted || attempt >= attemptsPerQuery || retryable !== true) throw error
    }
    await wait?.(1_000 * 4 ** attempt * (0.75 + Math.random() / 2), signal)
  }
}

/**
 * Asks for `verified` too: the error of a `getContractByCode` of the caller's own may have only a
 * `notFound`.
 */
function isNotFound(error: unknown): boolean {
  const { notFound, verified } = (error ?? {}) as Partial<ApiError>
  return notFound === true && verified === true
}

/**
 * The client rejects a response to another request itself. A `getContractByCode` of the caller's
 * own, such as a cache, may not.
 */
function requireSame(contract: Contract | undefined, path: PendingContract): Contract {
  for (const name of ['service_id', 'out_contract_code'] as const) {
    const found: unknown = contract?.[name]
    if (String(found) === String(path[name])) continue
    throw new ConfigurationError('mismatched-contract', {
      slot: 'getContractByCode',
      found: found === undefined ? `a result without ${name}` : `a contract with another ${name}`,
      expected: 'the contract with the service_id and the out_contract_code of its arguments',
      remedy: {
        en: 'Pass wechatpay.getContractByCode, or correct your function: nothing is known about this contract.',
        zh: '请传入 wechatpay.getContractByCode，或修正自定义函数：无法据此判断该协议的状态。',
      },
    })
  }
  return contract as Contract
}
