import { explanationLines, printable, type Remedy } from '@wechatpay-entrust/base'
import { type PendingContract, reconcile } from '@wechatpay-entrust/inbox'
import type { CliContext } from '../context.ts'
import { readInput } from '../input/read-input.ts'
import { hidePersonal } from '../output/personal.ts'
import type { MerchantFlags } from '../settings/flags.ts'
import { openWeChatPay } from '../settings/merchant.ts'
import { usageError } from '../usage-error.ts'

export type ReconcileFlags = MerchantFlags & {
  readonly perSecond?: number
  readonly after?: string
  readonly personal?: boolean
}

interface Failed {
  readonly out_contract_code: string
  readonly error: string
  readonly remedy: Remedy | undefined
}

/** Queries each contract of a list, and reports those that have an outcome. */
export async function reconcileFile(
  this: CliContext,
  flags: ReconcileFlags,
  file: string,
): Promise<void> {
  const { output, signal } = this
  const pending = skipUntil(readList(await readInput(this, file)), flags.after)
  const client = openWeChatPay(this.settings(flags), output)
  const contracts: { kind: string; contract: unknown }[] = []
  const failed: Failed[] = []
  let done = 0
  const counts = await reconcile({
    pending,
    getContractByCode: client.getContractByCode,
    onContract: ({ kind, resource }) =>
      contracts.push({ kind, contract: hidePersonal(resource, flags.personal === true) }),
    onEvent: (event) => {
      if (event.type !== 'reconcile:failed') return
      const { message, remedy } = toError(event.error)
      failed.push({ out_contract_code: event.out_contract_code, error: message, remedy })
    },
    onCursor: ({ out_contract_code }) =>
      output.progress(`${++done} of ${pending.length}: ${out_contract_code}`),
    perSecond: flags.perSecond,
    signal,
  })
  client.close()
  if (counts.failed > 0) this.setExitCode(1)
  output.result({ ...counts, contracts, failures: failed }, [
    ...contracts.map(
      ({ kind, contract }) =>
        `${kind.padEnd(10)}  ${(contract as PendingContract).out_contract_code}`,
    ),
    ...failed.flatMap(toLines),
    `${counts.found} with an outcome, ${counts.notSigned} without, ${counts.failed} failed`,
  ])
}

const toError = (error: unknown): Error & { readonly remedy?: Remedy } =>
  error instanceof Error ? error : new Error(String(error))

/** The remedy in Chinese is on a line of its own. */
function toLines({ out_contract_code, error, remedy }: Failed): string[] {
  const [finding = '', ...more] = explanationLines({ message: error, remedy })
  return [
    `failed      ${out_contract_code}  ${printable(finding)}`,
    ...more.map((line) => `            ${printable(line)}`),
  ]
}

/** Lines of `SERVICE_ID CODE`; blank lines and lines that begin with `#` are skipped. */
function readList(text: string): PendingContract[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (/^\s*(#|$)/.test(line)) return []
    const [service = '', out_contract_code = '', ...rest] = line.trim().split(/[\s,;]+/)
    if (!/^[1-9]\d{0,14}$/.test(service) || out_contract_code === '' || rest.length > 0) {
      throw usageError(
        'malformed-input',
        `FILE, line ${index + 1}: found another form; expected SERVICE_ID and OUT_CONTRACT_CODE.`,
        { en: 'Correct the line.', zh: '请修正该行：先写 service_id，再写 out_contract_code。' },
      )
    }
    return [{ service_id: Number(service), out_contract_code }]
  })
}

function skipUntil(list: PendingContract[], after: string | undefined): PendingContract[] {
  if (after === undefined) return list
  const at = list.findIndex(({ out_contract_code }) => out_contract_code === after)
  if (at >= 0) return list.slice(at + 1)
  throw usageError(
    'invalid-arguments',
    '--after: found no such code in FILE; expected the last one that was queried.',
    {
      en: 'Take the code from the last run, or leave --after out.',
      zh: '请填写上次运行最后查询的 out_contract_code，或不使用 --after。',
    },
  )
}
