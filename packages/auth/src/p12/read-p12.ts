import { describeType, encodeBase64, encodeHex, type Remedy } from '@wechatpay-entrust/base'
import { type Certificate, importCertificate } from '../crypto/certificate.ts'
import { importRsaPrivateKey } from '../crypto/rsa.ts'
import { ConfigurationError } from '../errors.ts'
import { openP12 } from './forge.ts'

export interface P12Options {
  /** Merchant id (商户号): the password of a file that WeChat Pay issued. */
  readonly mchid?: string | undefined
  /** Default: `mchid`. */
  readonly password?: string | undefined
}

/** The contents of a merchant's .p12, named like the options of `createCredentials`. */
export interface P12Contents {
  /** PKCS#8 in PEM. */
  readonly privateKey: string
  /** The merchant API certificate (商户API证书), the one that belongs to the private key, in PEM. */
  readonly certificate: string
  /** Its serial number (证书序列号), upper-case hex. */
  readonly serialNumber: string
}

/**
 * Reads `apiclient_cert.p12` (PKCS#12), whose password is the merchant id unless it was changed. If
 * there are several certificates, it returns the one that belongs to the private key. It reads
 * older files (RC2-40 and triple DES, SHA-1) and newer ones (AES-256, SHA-256). Needs the package
 * `node-forge`, an optional peer.
 *
 * @throws ConfigurationError `missing-library`, `wrong-password`, `malformed-p12` (no PKCS#12, no
 * key, several keys, no certificate that belongs to the key), and the codes of a private key:
 * `not-rsa`, `weak-key`
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013070756
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { createCredentials } from '@wechatpay-entrust/auth'
 * import { readP12 } from '@wechatpay-entrust/auth/p12'
 *
 * const mchid = '1900009191'
 * const { privateKey, serialNumber } = await readP12(readFileSync('apiclient_cert.p12'), { mchid })
 * const credentials = createCredentials({ mchid, serialNumber, privateKey })
 * ```
 */
export async function readP12(
  file: Uint8Array,
  { mchid, password = mchid }: P12Options,
): Promise<P12Contents> {
  if (!(file instanceof Uint8Array)) {
    throw malformed(describeType(file), {
      en: 'Pass its bytes: readFileSync(path) without an encoding.',
      zh: '请传入文件的字节：readFileSync(path)，不要指定编码。',
    })
  }
  if (typeof password !== 'string') throw wrongPassword('none')
  const bags = await openP12(file, password).catch((error: unknown) => {
    throw rejection(error, file)
  })
  const [key, ...more] = bags.privateKeys
  if (!key) throw malformed('a PKCS#12 file without a private key', fromPlatform)
  if (more.length > 0) throw malformed(`${more.length + 1} private keys in one file`, fromPlatform)
  const privateKey = toPem('PRIVATE KEY', key)
  const modulus = encodeHex(importRsaPrivateKey(privateKey, 'p12').modulus)
  for (const der of bags.certificates) {
    const certificate = toPem('CERTIFICATE', der)
    const read = readCertificate(certificate)
    if (read && encodeHex(read.publicKey.modulus) === modulus)
      return { privateKey, certificate, serialNumber: read.serialNumber }
  }
  throw malformed(
    bags.certificates.length === 0
      ? 'a private key without a certificate'
      : 'no certificate that belongs to the private key',
    fromPlatform,
  )
}

const fromPlatform: Remedy = {
  en: 'Use the file apiclient_cert.p12 that the merchant platform issued, whole and unchanged.',
  zh: '请使用商户平台签发的 apiclient_cert.p12 文件，内容须完整且未经改动。',
}

/** Undefined for a certificate with another kind of key, which a chain may contain. */
function readCertificate(pem: string): Certificate | undefined {
  try {
    return importCertificate(pem, 'p12')
  } catch {
    return undefined
  }
}

function toPem(label: string, der: Uint8Array): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** Forge has no error codes. Its text may quote the file, so it is not shown. */
function rejection(error: unknown, file: Uint8Array): ConfigurationError {
  if (error instanceof ConfigurationError) return error
  const text = error instanceof Error ? error.message : ''
  if (/password|decrypt/i.test(text)) return wrongPassword('another')
  if (/unsupported/i.test(text)) {
    return malformed('a PKCS#12 file in a form that node-forge does not read', {
      en: 'Convert it with: openssl pkcs12 -in apiclient_cert.p12 -nodes -out key-and-certificate.pem, and pass the result as PEM.',
      zh: '请转换：openssl pkcs12 -in apiclient_cert.p12 -nodes -out key-and-certificate.pem，并传入所得的 PEM 文本。',
    })
  }
  const pem = file[0] === 0x2d
  return malformed(pem ? 'PEM text' : `${file.length} bytes that are no PKCS#12 file`, fromPlatform)
}

const malformed = (found: string, remedy: Remedy) =>
  new ConfigurationError('malformed-p12', {
    slot: 'p12',
    found,
    expected: 'a PKCS#12 file with the private key and the certificate of the merchant',
    remedy,
  })

const wrongPassword = (found: 'none' | 'another') =>
  new ConfigurationError('wrong-password', {
    slot: 'password',
    found: found === 'none' ? 'none, and no mchid' : 'one that does not open the file',
    expected: 'the password of the .p12 file',
    remedy: {
      en: 'The password is the merchant id (商户号) that the file was issued to, unless it was changed.',
      zh: '密码默认为证书所属的商户号，除非已修改。',
    },
  })
