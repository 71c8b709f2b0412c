import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Credentials, createCredentials, importApiV3Keys } from '@wechatpay-entrust/auth'
import { importCertificate, importRsaPrivateKey } from '@wechatpay-entrust/auth/crypto'
import type { Output } from '../output/output.ts'
import { findApiV3Keys } from '../settings/merchant.ts'
import type { Settings } from '../settings/settings.ts'
import { attempt, checkExpiry, type Report } from './check.ts'

/**
 * Checks merchant id, private key, certificate and serial number, and returns the credentials if they
 * are valid.
 */
export async function checkCredentials(
  settings: Settings,
  output: Pick<Output, 'hide'>,
  report: Report,
): Promise<Credentials | undefined> {
  const mchid = await attempt(report, 'merchant id', () => settings.need('mchid'))
  const privateKey = await attempt(report, 'private key', () => {
    const { value, source } = settings.needText('privateKeyFile')
    output.hide(value)
    const { modulusLength } = importRsaPrivateKey(value, 'privateKey')
    report({
      check: 'private key',
      state: 'ok',
      found: `RSA, ${modulusLength} bits, from ${source}`,
    })
    return value
  })
  checkFileMode(settings, report)
  const certificate = await attempt(
    report,
    'certificate',
    () => settings.findText('certificateFile')?.value,
  )
  if (mchid === undefined || privateKey === undefined) return undefined
  return attempt(report, 'key and certificate', () => {
    const serialNumber =
      certificate === undefined
        ? settings.need('serialNumber').value
        : settings.find('serialNumber')?.value
    const credentials = createCredentials({
      mchid: mchid.value,
      serialNumber,
      certificate,
      privateKey,
    })
    report({
      check: 'merchant id',
      state: 'ok',
      found: `${credentials.mchid}, from ${mchid.source}`,
    })
    if (certificate === undefined) {
      report({
        check: 'key and certificate',
        state: 'skip',
        found: `only the serial number ${serialNumber} is given; WeChat Pay checks whether the key belongs to it`,
        remedy: {
          en: 'Pass apiclient_cert.pem (--certificate-file), and they are compared here.',
          zh: '如需在本机核对，请用 --certificate-file 传入 apiclient_cert.pem。',
        },
      })
      return credentials
    }
    report({
      check: 'key and certificate',
      state: 'ok',
      found: `they belong together; serial ${credentials.serialNumber}`,
    })
    const { notAfter } = importCertificate(certificate)
    report(
      checkExpiry('certificate', notAfter, {
        en: 'Renew it on the merchant platform (账户中心 → API安全), and replace key and serial number.',
        zh: '请在商户平台（账户中心 → API安全）更换证书，并同时替换私钥和证书序列号。',
      }),
    )
    return credentials
  })
}

/** Other users must not be able to read the key. Windows has no such bits. */
function checkFileMode(settings: Settings, report: Report): void {
  const found = settings.find('privateKeyFile')
  const stat = found && statSync(resolve(found.folder, found.value), { throwIfNoEntry: false })
  if (
    process.platform === 'win32' ||
    stat === undefined ||
    (stat.mode & 0o077) === 0 ||
    found?.source === '--mock-ready'
  )
    return
  report({
    check: 'private key',
    state: 'warn',
    found: 'a file that other users of this machine can read',
    remedy: { en: 'chmod 600 it.', zh: '请对该文件执行 chmod 600。' },
  })
}

/** Checks the form only: WeChat Pay alone knows the right key. Returns the keys if they are valid. */
export function checkApiV3Key(
  settings: Settings,
  output: Pick<Output, 'hide'>,
  report: Report,
): Promise<readonly string[] | undefined> {
  return attempt(report, 'APIv3 key', () => {
    const keys = findApiV3Keys(settings, output)
    if (keys === undefined) {
      settings.needText('apiV3KeyFile')
      return undefined
    }
    importApiV3Keys(keys)
    const count = keys.length === 1 ? '32 bytes' : `${keys.length} keys of 32 bytes`
    report({ check: 'APIv3 key', state: 'ok', found: count })
    return keys
  })
}
