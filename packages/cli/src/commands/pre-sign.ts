import { toMiniProgramLaunch } from '@wechatpay-entrust/core'
import { spec } from '@wechatpay-entrust/core/spec'
import type { CliContext } from '../context.ts'
import { type PreSignOption, preSignFields } from '../input/pre-sign-fields.ts'
import { readObject } from '../input/read-input.ts'
import { fieldLines } from '../output/output.ts'
import { hidePersonal } from '../output/personal.ts'
import type { MerchantFlags } from '../settings/flags.ts'
import { openWeChatPay } from '../settings/merchant.ts'
import { usageError } from '../usage-error.ts'

export type PreSignFlags = MerchantFlags & {
  readonly mode: 'qs' | 'normal' | 'ecommerce' | 'service-provider'
  readonly scene: 'mini-program' | 'pay-redirect-sign'
  readonly notifyUrl?: string
} & { readonly [Option in PreSignOption]?: string }

/** Opens a signing session with the operation of `--mode` and `--scene`. */
export async function preSign(this: CliContext, flags: PreSignFlags, file?: string): Promise<void> {
  const { output, signal } = this
  const settings = this.settings(flags)
  const id = findOperation(flags)
  const json = await readBody(this, flags, file)
  const notifyUrl = settings.find('notifyUrl')
  // The option overrides the file; the environment and the config file only fill a gap.
  if (notifyUrl && (flags.notifyUrl !== undefined || json.notify_url === undefined))
    json.notify_url = notifyUrl.value
  const client = openWeChatPay(settings, output)
  const call = client[id] as (
    args: object,
    options: object,
  ) => Promise<{ data: object; requestId?: string }>
  this.markChanging()
  output.progress(`${id} …`)
  const { data, requestId } = await call({ json }, { signal })
  client.close()
  const launch = 'pre_entrustweb_id' in data ? toMiniProgramLaunch(data as never) : undefined
  const shown = hidePersonal(data, false) as Readonly<Record<string, unknown>>
  output.result({ operation: id, requestId, data: shown, launch }, [
    ...fieldLines({ ...shown, 'Request-ID': requestId }),
    ...(launch
      ? ['', 'For wx.navigateToMiniProgram:', ...fieldLines({ ...launch })]
      : ['', 'WeChat Pay offers the contract to the user after the payment, within two hours.']),
  ])
}

function findOperation({
  mode,
  scene,
}: PreSignFlags): Extract<keyof typeof spec.operations, `${string}PreEntrustSign`> {
  const ending = `/contracts/${mode}/pre-entrust-sign/${scene}`
  const found = Object.values(spec.operations).find(({ path }) => path.endsWith(ending))
  if (found === undefined)
    throw usageError('invalid-arguments', `--mode, --scene: no operation ends in ${ending}.`, {
      en: 'Choose another --mode or --scene.',
      zh: '请选择其他 --mode 或 --scene。',
    })
  return found.id as ReturnType<typeof findOperation>
}

/** The fields of the file; options override them. */
async function readBody(context: CliContext, flags: PreSignFlags, file: string | undefined) {
  const body: Record<string, unknown> =
    file === undefined ? {} : { ...(await readObject(context, file)) }
  for (const [option, field] of Object.entries(preSignFields)) {
    const value = flags[option as PreSignOption]
    if (value !== undefined) body[field] = field === 'service_id' ? Number(value) : value
  }
  if (Object.keys(body).length > 0) return body
  throw usageError('invalid-arguments', 'pre-sign: found no fields; expected those of the body.', {
    en: 'Pass a FILE with the JSON body, - for stdin, or options such as --appid.',
    zh: '请传入 JSON 请求体文件，或用 - 从标准输入读取，或使用 --appid 等参数。',
  })
}
