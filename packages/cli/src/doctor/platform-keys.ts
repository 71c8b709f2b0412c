import {
  type Credentials,
  createDownloadedKeys,
  createPlatformKeys,
  type PlatformKeys,
} from '@wechatpay-entrust/auth'
import { importCertificate } from '@wechatpay-entrust/auth/crypto'
import { isLocal, readPlatformCertificates, readPublicKey } from '../settings/merchant.ts'
import type { Settings } from '../settings/settings.ts'
import { attempt, checkExpiry, type Report } from './check.ts'

export interface KeyParts {
  readonly credentials: Credentials | undefined
  readonly apiV3Key: readonly string[] | undefined
  readonly settings: Settings
}

/** Reports the key mode (公钥模式, 平台证书模式), and returns WeChat Pay's keys if they are valid. */
export function checkPlatformKeys(
  { credentials, apiV3Key, settings }: KeyParts,
  report: Report,
): Promise<(PlatformKeys & { close?(): void }) | undefined> {
  return attempt(report, 'platform keys', async () => {
    const publicKey = readPublicKey(settings)
    const platformCertificates = readPlatformCertificates(settings)
    const baseUrl = settings.find('baseUrl')?.value
    const allowMockKeys = isLocal(settings)
    if (platformCertificates !== 'download') {
      const keys = createPlatformKeys({ publicKey, platformCertificates, allowMockKeys })
      report({
        check: 'platform keys',
        state: 'ok',
        found: modeOf(publicKey?.id, platformCertificates?.length ?? 0),
      })
      for (const one of platformCertificates ?? []) {
        const { serialNumber, notAfter } = importCertificate(one)
        report(
          checkExpiry(`platform certificate ${serialNumber}`, notAfter, {
            en: 'Get the new one: wechatpay-entrust certificates',
            zh: '请获取新的平台证书：wechatpay-entrust certificates',
          }),
        )
      }
      return keys
    }
    if (credentials === undefined || apiV3Key === undefined) {
      report({
        check: 'platform keys',
        state: 'skip',
        found: 'not downloaded: that needs valid credentials and an APIv3 key',
        remedy: { en: 'First fix what failed above.', zh: '请先解决上面失败的检查项。' },
      })
      return undefined
    }
    const keys = createDownloadedKeys({ credentials, apiV3Key, publicKey, baseUrl, allowMockKeys })
    // Not `ready`: with a public key it succeeds although the download failed.
    await keys.refresh()
    report({ check: 'platform keys', state: 'ok', found: `downloaded: ${keys.serials.join(', ')}` })
    report({ check: 'APIv3 key', state: 'ok', found: 'opens what WeChat Pay sealed' })
    return keys
  })
}

function modeOf(id: string | undefined, certificates: number): string {
  const count = `${certificates} certificate${certificates === 1 ? '' : 's'}`
  if (id === undefined) return `certificate mode (平台证书模式): ${count}`
  return certificates === 0
    ? `public key mode (公钥模式): ${id}`
    : `both, as while switching (灰度切换): ${id} and ${count}`
}
