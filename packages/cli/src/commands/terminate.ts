import { printable } from '@wechatpay-entrust/base'
import type { CliContext } from '../context.ts'
import { fieldLines } from '../output/output.ts'
import type { MerchantFlags } from '../settings/flags.ts'
import { openWeChatPay } from '../settings/merchant.ts'
import { usageError } from '../usage-error.ts'

export type TerminateFlags = MerchantFlags & { readonly remark: string; readonly yes?: boolean }

/** Terminates a contract after a confirmation. */
export async function terminate(
  this: CliContext,
  { remark, yes, ...flags }: TerminateFlags,
  service_id: number,
  out_contract_code: string,
): Promise<void> {
  const { output, signal } = this
  const client = openWeChatPay(this.settings(flags), output)
  if (!yes) {
    const question = `Terminate contract ${printable(out_contract_code)} of service ${service_id}? This cannot be undone.`
    const confirmed = await this.confirm(question)
    if (confirmed === undefined) throw notConfirmed('found no terminal to ask on; expected --yes')
    if (!confirmed) throw notConfirmed('found no yes; nothing was sent')
  }
  this.markChanging()
  output.progress('terminateContractByCode …')
  const path = { service_id, out_contract_code }
  const json = { contract_termination_remark: remark }
  const { data, requestId } = await client.terminateContractByCode({ path, json }, { signal })
  client.close()
  output.result({ operation: 'terminateContractByCode', requestId, data }, [
    ...fieldLines({ ...data, 'Request-ID': requestId }),
    'Terminated.',
  ])
}

const notConfirmed = (found: string) =>
  usageError('not-confirmed', `terminate: ${found}.`, {
    en: 'Answer y, or pass --yes.',
    zh: '请输入 y 确认，或使用 --yes。',
  })
