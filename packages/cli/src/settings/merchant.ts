import { baseUrlsOf, isLoopbackUrl } from '@wechatpay-entrust/core'
import { createWeChatPay, type WeChatPay, type WeChatPayOptions } from 'wechatpay-entrust'
import type { Output } from '../output/output.ts'
import type { Settings } from './settings.ts'

type Hide = Pick<Output, 'hide'>

/** Only a notification or a download needs the APIv3 key. */
export type MerchantKeys = Omit<WeChatPayOptions, 'apiV3Key'> & {
  readonly apiV3Key: readonly string[] | undefined
}

/**
 * Reads keys and hosts from the settings, and hides every secret among them in all output.
 *
 * @throws {UsageError} `missing-setting`, `unreadable-file`
 */
export function readMerchant(settings: Settings, output: Hide): MerchantKeys {
  const privateKey = settings.needText('privateKeyFile').value
  output.hide(privateKey)
  return {
    mchid: settings.need('mchid').value,
    serialNumber: settings.find('serialNumber')?.value,
    certificate: settings.findText('certificateFile')?.value,
    privateKey,
    apiV3Key: findApiV3Keys(settings, output),
    publicKey: readPublicKey(settings),
    platformCertificates: readPlatformCertificates(settings),
    ...readHosts(settings),
  }
}

export function readHosts(settings: Settings): Pick<WeChatPayOptions, 'baseUrl' | 'backupBaseUrl'> {
  const backup = settings.find('backupBaseUrl')?.value
  return {
    baseUrl: settings.find('baseUrl')?.value,
    backupBaseUrl: backup === 'none' ? false : backup,
  }
}

/** Whether the main host is on this machine, as the mock is. */
export const isLocal = (settings: Settings): boolean =>
  baseUrlsOf({ baseUrl: settings.find('baseUrl')?.value }).every(isLoopbackUrl)

/** @throws {UsageError} `missing-setting`: the id without the key, or the key without the id */
export function readPublicKey(settings: Settings): WeChatPayOptions['publicKey'] {
  const id = settings.find('publicKeyId')?.value
  const pem = settings.findText('publicKeyFile')?.value
  if (id === undefined && pem === undefined) return undefined
  return {
    id: id ?? settings.need('publicKeyId').value,
    pem: pem ?? settings.needText('publicKeyFile').value,
  }
}

/** One key per line: the current key, then the previous key. */
export function findApiV3Keys(settings: Settings, output: Hide): readonly string[] | undefined {
  const text = settings.findText('apiV3KeyFile')?.value
  if (text === undefined) return undefined
  const keys = text.replace(/\s*$/, '').split(/\r?\n/)
  for (const key of keys) output.hide(key)
  return keys
}

/** @throws {UsageError} `missing-setting` */
export function needApiV3Keys(settings: Settings, output: Hide): readonly string[] {
  return findApiV3Keys(settings, output) ?? [settings.needText('apiV3KeyFile').value]
}

export function readPlatformCertificates(
  settings: Settings,
): readonly string[] | 'download' | undefined {
  const found = settings.find('platformCertificates')
  if (found === undefined || found.value === 'download')
    return found?.value as 'download' | undefined
  return found.value.split(',').map((path) => settings.readFile(path.trim(), found))
}

/**
 * The client of most commands. Only a notification or a download needs the APIv3 key.
 *
 * @throws {ConfigurationError} {UsageError}
 */
export function openWeChatPay(
  settings: Settings,
  output: Hide,
  more: Partial<WeChatPayOptions> = {},
): WeChatPay {
  const merchant = readMerchant(settings, output)
  const needsKey = merchant.platformCertificates === 'download'
  const apiV3Key =
    merchant.apiV3Key ?? (needsKey ? needApiV3Keys(settings, output) : placeholderKey)
  return createWeChatPay({ ...merchant, apiV3Key, ...more })
}

/** Opens nothing: the facade requires a key of the right form, but a call does not use it. */
const placeholderKey = 'no-key-was-given-so-none-is-used'
