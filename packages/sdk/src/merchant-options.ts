import {
  ConfigurationError,
  type Credentials,
  type CredentialsSource,
  createCredentials,
  type PlatformKeys,
  type PrivateKeyInput,
  requireMchid,
  type Sign,
} from '@wechatpay-entrust/auth'
import { describeType, encodeHex, isPending, unsent } from '@wechatpay-entrust/base'

/** Your merchant id and your key. */
export interface MerchantOptions {
  /**
   * Your own merchant id (商户号). An institution (从业机构) or a service provider gives its own id, never
   * that of a sub-merchant.
   */
  readonly mchid: string
  /**
   * Serial number (证书序列号) of your merchant API certificate, hex. Not needed with `certificate` or
   * `credentials`.
   */
  readonly serialNumber?: string | undefined
  /**
   * Text of `apiclient_cert.pem`. It provides the serial number, and a private key of another
   * certificate is rejected.
   */
  readonly certificate?: string | undefined
  /**
   * Text of `apiclient_key.pem`; a `KeyObject` or `CryptoKey`; or an object with a `sign` function,
   * for an HSM or a key service.
   */
  readonly privateKey?: PrivateKeyInput | { readonly sign: Sign } | undefined
  /**
   * Instead of `serialNumber`, `certificate` and `privateKey`: the result of `createCredentials`, or
   * a function that returns it for each request, so that you can replace a merchant certificate
   * without a restart.
   */
  readonly credentials?: CredentialsSource | undefined
}

/** The credentials of the options, in either form. */
export function readCredentials({ credentials, ...given }: MerchantOptions): CredentialsSource {
  const { mchid, serialNumber, certificate, privateKey } = given
  if (credentials === undefined) {
    return createCredentials({
      mchid,
      serialNumber,
      certificate,
      privateKey: privateKey as PrivateKeyInput,
    })
  }
  requireMchid(mchid)
  if (serialNumber !== undefined || certificate !== undefined || privateKey !== undefined)
    throw givenTwice()
  const own = (one: Credentials): Credentials => {
    if (typeof one?.sign !== 'function') throw noCredentials(one)
    if (one.mchid !== mchid) throw ofAnother(mchid)
    return one
  }
  if (typeof credentials !== 'function') return own(credentials)
  return () => {
    let one: ReturnType<typeof credentials>
    try {
      one = credentials()
    } catch (error) {
      throw failed(error)
    }
    return isPending(one) ? one.then(own, (error) => Promise.reject(failed(error))) : own(one)
  }
}

/**
 * Rejects `apiclient_cert.pem` among the platform certificates, a frequent mistake. Without this
 * check no response would verify.
 *
 * @throws ConfigurationError `wrong-kind`
 */
export function rejectOwnCertificate(
  serials: readonly string[],
  credentials: CredentialsSource,
): void {
  if (typeof credentials === 'function') return
  const own = normalizeSerial(credentials.serialNumber)
  if (!serials.some((serial) => normalizeSerial(serial) === own)) return
  throw new ConfigurationError('wrong-kind', {
    slot: 'platformCertificates',
    found: 'your own merchant certificate (商户API证书)',
    expected: "WeChat Pay's platform certificates (平台证书)",
    remedy: {
      en: "Set platformCertificates: 'download'; pass apiclient_cert.pem as `certificate`.",
      zh: "请设置 platformCertificates: 'download'；apiclient_cert.pem 应作为 `certificate` 传入。",
    },
  })
}

/**
 * Rejects the public half of the merchant's own key as WeChat Pay's key, another frequent mistake.
 * Without this check every response would be rejected as forged.
 *
 * @throws ConfigurationError `wrong-kind`
 */
export function rejectOwnPublicKey(
  { find }: PlatformKeys,
  id: string,
  credentials: CredentialsSource,
): void {
  if (typeof credentials === 'function') return
  const found = find(id)
  const theirs = found instanceof Promise ? undefined : found?.modulus
  const own = credentials.modulus
  if (!own || !theirs || encodeHex(own) !== encodeHex(theirs)) return
  throw new ConfigurationError('wrong-kind', {
    slot: 'publicKey.pem',
    found: 'the public half of your own private key',
    expected: "WeChat Pay's public key (微信支付公钥)",
    remedy: {
      en: 'Download pub_key.pem from the merchant platform (账户中心 → API安全), together with its id.',
      zh: '请从商户平台（账户中心 → API安全）下载 pub_key.pem，并复制其公钥ID。',
    },
  })
}

/** Upper and lower case, and leading zeros, make no difference. */
const normalizeSerial = (serial: string) => serial.toUpperCase().replace(/^0+/, '')

/** Marked `unsent`, so that core makes another attempt. */
const failed = (cause: unknown) =>
  unsent('`credentials` threw, and what it threw is the cause', cause)

function noCredentials(found: unknown): ConfigurationError {
  return new ConfigurationError('unusable-key', {
    slot: 'credentials',
    found:
      typeof found === 'object' && found !== null
        ? 'an object without `sign`'
        : describeType(found),
    expected: 'what createCredentials gives, or a function that gives it',
    remedy: {
      en: 'First pass mchid, privateKey, and serialNumber or certificate to createCredentials.',
      zh: '请先将 mchid、privateKey 以及 serialNumber 或 certificate 传给 createCredentials。',
    },
  })
}

function givenTwice(): ConfigurationError {
  return new ConfigurationError('duplicate-key', {
    slot: 'credentials',
    found: 'credentials beside serialNumber, certificate or privateKey',
    expected: 'one of the two',
    remedy: {
      en: 'Leave out the options that credentials already contain.',
      zh: '请省略 credentials 中已包含的配置项。',
    },
  })
}

function ofAnother(mchid: string): ConfigurationError {
  return new ConfigurationError('mismatched-mchid', {
    slot: 'credentials',
    found: 'credentials of another merchant',
    expected: `those of mchid ${mchid}`,
    remedy: {
      en: 'Create one client for each merchant; notifications are compared with its mchid.',
      zh: '请为每个商户号各创建一个客户端；通知会与其商户号比对。',
    },
  })
}
