import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createWeChatPay } from 'wechatpay-entrust'
import type { CliContext } from '../context.ts'
import { openCertificates } from '../output/certificate-list.ts'
import type { MerchantFlags } from '../settings/flags.ts'
import { needApiV3Keys, readMerchant } from '../settings/merchant.ts'

export type CertificatesFlags = MerchantFlags & { readonly out?: string }

/** Downloads the platform certificates, verifies them, and writes or prints one PEM each. */
export async function certificates(this: CliContext, flags: CertificatesFlags): Promise<void> {
  const { output, signal, cwd } = this
  const settings = this.settings(flags)
  const merchant = readMerchant(settings, output)
  const apiV3Key = needApiV3Keys(settings, output)
  // The first download provides the keys that verify the second response.
  const client = createWeChatPay({ ...merchant, apiV3Key, platformCertificates: 'download' })
  output.progress('getCertificates …')
  try {
    const { data, requestId } = await client.getCertificates({}, { signal })
    const opened = await openCertificates(data, apiV3Key)
    const folder = flags.out === undefined ? undefined : resolve(cwd, flags.out)
    if (folder !== undefined) mkdirSync(folder, { recursive: true })
    const listed = opened.map(({ pem, ...about }) => {
      if (folder === undefined) return { ...about, pem }
      const file = join(folder, `wechatpay_${about.serialNumber}.pem`)
      writeFileSync(file, pem)
      return { ...about, file }
    })
    output.result(
      { operation: 'getCertificates', requestId, certificates: listed },
      listed.flatMap((one) => [
        `${one.serialNumber}  ${one.notBefore.toISOString()} to ${one.notAfter.toISOString()}`,
        'file' in one ? one.file : one.pem.trim(),
      ]),
    )
  } finally {
    client.close()
  }
}
