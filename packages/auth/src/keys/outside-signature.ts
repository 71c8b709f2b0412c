import { describeType, type MaybePromise, type Remedy, unsent } from '@wechatpay-entrust/base'
import { sha256 } from '../crypto/index.ts'
import type { RsaPublicKey, SignOptions } from '../crypto/provider.ts'
import { ConfigurationError } from '../errors.ts'

/**
 * Signs the bytes with RSASSA-PKCS1-v1_5 and SHA-256. It may call an HSM or a key service.
 */
export type Sign = (message: Uint8Array, options?: SignOptions) => MaybePromise<Uint8Array>

/** Signs instead of a private key. */
export interface Signer {
  readonly sign: Sign
  /** For another scheme than RSA with SHA-256, such as that of `@wechatpay-entrust/auth/sm`. */
  readonly signatureType?: string | undefined
}

/** The scheme, as the errors name it. */
const scheme = 'RSASSA-PKCS1-v1_5 with SHA-256 over the message'

const schemeRemedy: Remedy = {
  en: `Sign with ${scheme}: not PSS, not the digest of a digest, and return bytes, not base64 text.`,
  zh: '请使用 RSASSA-PKCS1-v1_5 与 SHA-256 对原文签名：不要使用 PSS，不要对摘要再次做摘要，并返回字节而不是 base64 文本。',
}

/**
 * An HSM or a key service may be unreachable, which is not an error of the network to WeChat Pay,
 * and it may return any value. `length` is that of a signature, if it is known.
 *
 * @throws ConfigurationError `unusable-key`
 */
export async function signOutside(
  { sign, signatureType }: Signer,
  message: Uint8Array,
  { length, ...options }: SignOptions & { readonly length: number | undefined },
): Promise<Uint8Array> {
  let signature: unknown
  try {
    signature = await sign(message, options)
  } catch (error) {
    throw unsent('privateKey.sign threw, and what it threw is the cause', error)
  }
  if (!(signature instanceof Uint8Array)) throw unusable(describeType(signature))
  if (signature.length === 0) throw unusable('no bytes')
  if (isBase64Text(signature))
    throw unusable(`${signature.length} bytes that are base64 or hex text`)
  const lengths = length === undefined ? commonLengths : [length]
  if (signatureType === undefined && !lengths.includes(signature.length))
    throw unusable(`${signature.length} bytes`, `a signature of ${lengths.join(', ')} bytes`)
  return signature
}

/** Of keys with 2048, 3072 and 4096 bits. */
const commonLengths: readonly number[] = [256, 384, 512]

/** A signature of random bytes is practically never base64 text. */
const isBase64Text = (bytes: Uint8Array): boolean =>
  bytes.length >= 64 &&
  /^[0-9A-Za-z+/=_\s-]+$/.test(String.fromCharCode(...bytes.subarray(0, 8192)))

function unusable(found: string, expected = 'the bytes of a signature'): ConfigurationError {
  return new ConfigurationError('unusable-key', {
    slot: 'privateKey.sign',
    found: `a function that returned ${found}`,
    expected: `${expected}, or a promise of them`,
    remedy: {
      en: `Decode what the HSM or the key service returns, for example its base64, into a Uint8Array. ${schemeRemedy.en}`,
      zh: `请将 HSM 或密钥服务返回的内容（例如 base64 文本）解码为 Uint8Array。${schemeRemedy.zh}`,
    },
  })
}

/**
 * Verifies the first signature with the certificate's key, because the private key itself cannot be
 * compared.
 *
 * @throws ConfigurationError `mismatched-certificate`
 */
export function checkedOnce(sign: Sign, publicKey: RsaPublicKey, isExternal: boolean): Sign {
  let isChecked = false
  return async (message, options) => {
    const signature = await sign(message, options)
    if (!isChecked && !(await publicKey.verify(message, signature))) {
      if (!isExternal) throw mismatchedCertificate()
      const isTwice = await publicKey.verify(await sha256(message), signature)
      throw wrongScheme(isTwice ? 'that signed the digest of a digest' : undefined)
    }
    isChecked = true
    return signature
  }
}

export function mismatchedCertificate(): ConfigurationError {
  return new ConfigurationError('mismatched-certificate', {
    slot: 'privateKey',
    found: 'a private key that does not belong to the given certificate',
    expected: 'the key of that certificate',
    remedy: sameDownload,
  })
}

/** A function's signature does not verify: another key, or another scheme. */
function wrongScheme(found: string | undefined): ConfigurationError {
  const isKnown = found !== undefined
  return new ConfigurationError('mismatched-certificate', {
    slot: 'privateKey.sign',
    found: `a function ${found ?? 'whose signature does not verify with the given certificate'}`,
    expected: `${scheme}, with the key of that certificate`,
    remedy: {
      en: isKnown ? schemeRemedy.en : `${schemeRemedy.en} Otherwise it signs with another key.`,
      zh: isKnown ? schemeRemedy.zh : `${schemeRemedy.zh}否则说明签名使用了其他密钥。`,
    },
  })
}

const sameDownload: Remedy = {
  en:
    'Use apiclient_key.pem and apiclient_cert.pem of the same download; compare the outputs of: ' +
    'openssl rsa -noout -modulus -in apiclient_key.pem; openssl x509 -noout -modulus -in apiclient_cert.pem.',
  zh:
    '请使用同一次申请得到的 apiclient_key.pem 与 apiclient_cert.pem；可对比 ' +
    'openssl rsa -noout -modulus -in apiclient_key.pem 与 openssl x509 -noout -modulus -in apiclient_cert.pem 的输出。',
}
