import { buildCommand } from '@stricli/core'
import type { PreSignFlags } from '../commands/pre-sign.ts'
import type { QueryFlags } from '../commands/query.ts'
import type { ReconcileFlags } from '../commands/reconcile.ts'
import type { TerminateFlags } from '../commands/terminate.ts'
import type { CliContext } from '../context.ts'
import {
  argument,
  flag,
  merchantFlags,
  number,
  personalFlag,
  readServiceId,
  settingFlag,
  text,
} from '../settings/flags.ts'

const serviceId = {
  brief: 'service_id (免密支付服务ID)',
  placeholder: 'SERVICE_ID',
  parse: readServiceId,
}
const contractCode = argument('out_contract_code (商户签约协议号)', 'OUT_CONTRACT_CODE')

export const preSign = buildCommand<PreSignFlags, [file?: string], CliContext>({
  loader: async () => (await import('../commands/pre-sign.ts')).preSign,
  parameters: {
    flags: {
      mode: {
        kind: 'enum',
        values: ['qs', 'normal', 'ecommerce', 'service-provider'],
        default: 'qs',
        brief: 'Who calls: 从业机构, 普通商户, 平台商户, 普通服务商',
      },
      scene: {
        kind: 'enum',
        values: ['mini-program', 'pay-redirect-sign'],
        default: 'mini-program',
        brief: 'Signed in a mini-program, or offered after a payment',
      },
      appid: text('AppID', 'APPID'),
      subAppid: text('AppID of the sub-merchant (子商户AppID)', 'APPID'),
      spAppid: text('AppID of the service provider (服务商AppID)', 'APPID'),
      subMchid: text('Sub-merchant id (子商户号)', 'ID'),
      serviceId: {
        ...text('service_id (免密支付服务ID)', 'NUMBER'),
        parse: (input: string) => String(readServiceId(input)),
      },
      outContractCode: text(
        'Your code for the contract (商户签约协议号), letters and digits',
        'CODE',
      ),
      contractDisplayAccount: text('Name shown to the user (用户账户展示名称)', 'TEXT'),
      openid: text('User under appid', 'OPENID'),
      subOpenid: text('User under sub_appid', 'OPENID'),
      spOpenid: text('User under sp_appid', 'OPENID'),
      prepayId: text('prepay_id, for --scene pay-redirect-sign', 'ID'),
      notifyUrl: settingFlag('notifyUrl'),
      ...merchantFlags,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          ...argument('JSON body, - for stdin; options go before its fields', 'FILE'),
          optional: true,
        },
      ],
    },
  },
  docs: {
    brief: 'Open a signing session (预签约)',
    fullDescription:
      'Calls the pre-sign operation that --mode and --scene name. It may be repeated with the same parameters.\n\n' +
      'Examples:\n' +
      '  wechatpay-entrust pre-sign body.json\n' +
      '  wechatpay-entrust pre-sign --mode normal --appid wx… --service-id 12535 --openid o… \\\n' +
      '    --out-contract-code wxwtdk20200910100000 --contract-display-account 微信代扣用户A\n' +
      "  echo '{…}' | wechatpay-entrust pre-sign --scene pay-redirect-sign --json -",
    customUsage: [
      '[--mode MODE] [--scene SCENE] FILE',
      '[--mode MODE] [--scene SCENE] --appid APPID --service-id NUMBER …',
    ],
  },
})

export const query = buildCommand<QueryFlags, [serviceId: number, code: string], CliContext>({
  loader: async () => (await import('../commands/query.ts')).query,
  parameters: {
    flags: {
      wait: number('Ask until the user has signed, at most so long', 'SECONDS', 1),
      personal: personalFlag,
      ...merchantFlags,
    },
    positional: { kind: 'tuple', parameters: [serviceId, contractCode] },
  },
  docs: {
    brief: 'Query a contract by its code (查询协议)',
    fullDescription:
      'Examples:\n' +
      '  wechatpay-entrust query 12535 wxwtdk20200910100000\n' +
      '  wechatpay-entrust query 12535 wxwtdk20200910100000 --wait 600 --json',
    customUsage: ['[--wait SECONDS] SERVICE_ID OUT_CONTRACT_CODE'],
  },
})

export const terminate = buildCommand<
  TerminateFlags,
  [serviceId: number, code: string],
  CliContext
>({
  loader: async () => (await import('../commands/terminate.ts')).terminate,
  parameters: {
    flags: {
      remark: {
        kind: 'parsed',
        parse: String,
        default: '商户解约',
        placeholder: 'TEXT',
        brief: 'contract_termination_remark (解约备注)',
      },
      yes: flag('Do not ask'),
      ...merchantFlags,
    },
    positional: { kind: 'tuple', parameters: [serviceId, contractCode] },
  },
  docs: {
    brief: 'Terminate a contract (解约), after asking',
    fullDescription:
      'Asks on the terminal; without one it takes --yes. It is not repeated once it was sent: after exit code 3, query first.\n\n' +
      'Example:\n' +
      '  wechatpay-entrust terminate 12535 wxwtdk20200910100000 --remark 用户要求 --yes',
    customUsage: ['[--remark TEXT] [--yes] SERVICE_ID OUT_CONTRACT_CODE'],
  },
})

export const reconcile = buildCommand<ReconcileFlags, [file: string], CliContext>({
  loader: async () => (await import('../commands/reconcile.ts')).reconcileFile,
  parameters: {
    flags: {
      perSecond: number('Queries a second, at most (default: 5)', 'N', 1),
      after: text('Go on after this code, where a pass was cut off', 'CODE'),
      personal: personalFlag,
      ...merchantFlags,
    },
    positional: {
      kind: 'tuple',
      parameters: [argument('Lines of SERVICE_ID OUT_CONTRACT_CODE; - for stdin', 'FILE')],
    },
  },
  docs: {
    brief: 'Query a list of contracts, for notifications that never came',
    fullDescription:
      'Tells which of them are signed or terminated; a code that is not found is not signed yet.\n\n' +
      'Example:\n' +
      '  wechatpay-entrust reconcile pending.txt --json',
    customUsage: ['[--per-second N] [--after CODE] FILE'],
  },
})
