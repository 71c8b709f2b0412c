import { readFileSync } from 'node:fs'
import { createMock } from '@wechatpay-entrust/mock'
import {
  ApiError,
  createWeChatPay,
  type QsMiniProgramPreEntrustSignRequest,
} from 'wechatpay-entrust'
import type {
  FoundContract,
  PendingContract,
  ReconcileEvent,
  ReconcileOptions,
} from '../reconcile/options.ts'
import { reconcile } from '../reconcile/reconcile.ts'

export const body: QsMiniProgramPreEntrustSignRequest = JSON.parse(
  readFileSync(
    new URL(
      '../../../../spec/examples/qs-mini-program-pre-entrust-sign.request.json',
      import.meta.url,
    ),
    'utf8',
  ),
)
export const { service_id } = body
export const pendingOf = (...codes: string[]) =>
  codes.map((out_contract_code) => ({ service_id, out_contract_code }))

/** The mock with contracts that were signed, or not, and whose notifications were all lost. */
export async function contracts(signed: readonly string[], open: readonly string[] = []) {
  const mock = createMock({ deliver: async () => 500 })
  const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
  for (const out_contract_code of [...signed, ...open]) {
    const { data } = await wechatpay.qsMiniProgramPreEntrustSign({
      json: { ...body, out_contract_code },
    })
    if (signed.includes(out_contract_code)) await mock.user.signs(data)
  }
  return { mock, getContractByCode: wechatpay.getContractByCode, wechatpay }
}

/** Runs a pass without waiting, and records what happened. */
export async function pass(
  options: Pick<ReconcileOptions<PendingContract>, 'pending' | 'getContractByCode'> &
    Partial<ReconcileOptions<PendingContract>>,
) {
  const [found, cursors, waits, events]: [FoundContract[], string[], number[], ReconcileEvent[]] = [
    [],
    [],
    [],
    [],
  ]
  const outcome = reconcile({
    onContract: (one) => void found.push(one),
    onCursor: ({ out_contract_code }) => void cursors.push(out_contract_code),
    onEvent: (event) => void events.push(event),
    wait: async (ms) => void waits.push(ms),
    ...options,
  }).catch((error: unknown) => ({ error }))
  return { outcome: await outcome, found, cursors, waits, events }
}

export const failure = (retryable: boolean, status = 500) =>
  new ApiError('no', {
    code: 'SYSTEM_ERROR',
    operation: 'x',
    outcome: 'failed',
    retryable,
    verified: true,
    status,
  })
