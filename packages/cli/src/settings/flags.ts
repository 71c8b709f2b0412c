import type { FlagParametersForType } from '@stricli/core'
import type { CliContext } from '../context.ts'
import { type SettingName, settingTable } from './setting-table.ts'

type Text<Name extends string> = { readonly [Key in Name]?: string }

/** Flags of every command. */
export interface CommonFlags {
  readonly json?: boolean
  readonly language?: 'zh' | 'en'
}

export type ConfigFlags = CommonFlags & Text<'config' | 'mockReady'>

const merchantSettings = [
  'mchid',
  'serialNumber',
  'certificateFile',
  'privateKeyFile',
  'apiV3KeyFile',
  'publicKeyId',
  'publicKeyFile',
  'platformCertificates',
  'baseUrl',
  'backupBaseUrl',
] as const satisfies readonly SettingName[]

export type MerchantFlags = ConfigFlags & Text<(typeof merchantSettings)[number]>

export const text = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, optional: true, brief, placeholder }) as const

export const flag = (brief: string) =>
  ({ kind: 'boolean', optional: true, withNegated: false, brief }) as const

/** @throws if the input is not a whole number of at least `minimum` */
export const wholeNumber =
  (minimum = 0) =>
  (input: string): number => {
    const value = /^\d{1,15}$/.test(input) ? Number(input) : Number.NaN
    if (value >= minimum) return value
    // The parser adds the name of the option.
    throw new RangeError(`found another value; expected a whole number of at least ${minimum}`)
  }

/** An optional whole number of at least `minimum`. */
export const number = (brief: string, placeholder: string, minimum: number) =>
  ({ kind: 'parsed', parse: wholeNumber(minimum), optional: true, brief, placeholder }) as const

/** A positional argument. */
export const argument = (brief: string, placeholder: string) =>
  ({ brief, placeholder, parse: String }) as const

export const commonFlags: FlagParametersForType<CommonFlags, CliContext> = {
  json: flag('Print one JSON document on stdout and nothing else there'),
  language: {
    kind: 'enum',
    values: ['zh', 'en'],
    optional: true,
    brief: 'Language of what to do about an error (default: WECHATPAY_LANGUAGE, or the locale)',
  },
}

export const configFlags: FlagParametersForType<ConfigFlags, CliContext> = {
  ...commonFlags,
  config: text('Config file (default: wechatpay-entrust.config.json in this folder)', 'FILE'),
  mockReady: text('Take address and keys from the ready file of a mock', 'FILE'),
}

/** The flag of one setting. */
export const settingFlag = (name: SettingName) =>
  text(settingTable[name].brief, settingTable[name].placeholder)

export const merchantFlags = {
  ...configFlags,
  ...Object.fromEntries(merchantSettings.map((name) => [name, settingFlag(name)])),
} as FlagParametersForType<MerchantFlags, CliContext>

export const personalFlag = flag('Show openids and display names, which are hidden otherwise')

/** `service_id` is a number in JSON. */
export const readServiceId = wholeNumber(1)
