import type { CliContext } from '../context.ts'
import { fieldLines } from '../output/output.ts'
import { hidePersonal } from '../output/personal.ts'
import type { MerchantFlags } from '../settings/flags.ts'
import { openWeChatPay } from '../settings/merchant.ts'
import { notFound } from '../usage-error.ts'

export type QueryFlags = MerchantFlags & { readonly wait?: number; readonly personal?: boolean }

/** Queries a contract; with `--wait`, until the user has signed. */
export async function query(
  this: CliContext,
  flags: QueryFlags,
  service_id: number,
  code: string,
): Promise<void> {
  const { output, signal } = this
  const key = { service_id, out_contract_code: code }
  const client = openWeChatPay(this.settings(flags), output)
  const response = await (flags.wait === undefined
    ? client.getContractByCode({ path: key }, { signal })
    : waitWithProgress(this, flags.wait, (timeout) =>
        client.waitForContract({ ...key, timeout, signal }),
      ))
  client.close()
  if (response === undefined) {
    throw notFound(`Not signed within ${flags.wait} s: the user gave up, or needs longer.`, {
      en: 'Query again later.',
      zh: '请稍后再次查询。',
    })
  }
  const { data, requestId } = response
  const shown = hidePersonal(data, flags.personal === true) as Readonly<Record<string, unknown>>
  output.result({ operation: 'getContractByCode', requestId, data: shown }, [
    ...fieldLines({ ...shown, 'Request-ID': requestId }),
  ])
}

async function waitWithProgress<T>(
  { output }: CliContext,
  seconds: number,
  wait: (timeout: number) => Promise<T>,
): Promise<T> {
  const startedAt = performance.now()
  const show = () => {
    const elapsed = Math.floor((performance.now() - startedAt) / 1000)
    output.progress(`Waiting until the user has signed: ${elapsed} s of ${seconds} s`)
  }
  show()
  const timer = setInterval(show, 1000)
  try {
    return await wait(seconds * 1000)
  } finally {
    clearInterval(timer)
  }
}
