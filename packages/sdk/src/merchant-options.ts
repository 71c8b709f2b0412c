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

/** Who you are. */
export interface MerchantOptions {
  /**
   * Your own merchant id (商户号). For an institution (从业机构) or service provider its own, never the
   * sub-merchant's.
   */
  readonly mchid: string
  /**
   * Serial number (证书序列号) of your merchant API certificate, hex. Not needed beside `certificate` or
   * `credentials`.
   */
  readonly serialNumber?: string | undefined
  /**
   * Text of `apiclient_cert.pem`: gives the serial number, and a private key of another certificate
   * is refused.
   */
  readonly certificate?: string | undefined
  /**
   * Text of `apiclient_key.pem`; a `KeyObject` or `CryptoKey`; or what signs in its place, an HSM
   * or a key service.
   */
  readonly privateKey?: PrivateKeyInput | { readonly sign: Sign } | undefined
  /**
   * In the place of `serialNumber`, `certificate` and `privateKey`: what `createCredentials` made,
   * or a function that gives it for each request, so that a merchant certificate is replaced
   * without a restart.
   */
  readonly credentials?: CredentialsSource | undefined
}

/** The credentials that the options give, one way or the other. */
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
    return one instanceof Promise
      ? one.then(own, (error) => Promise.reject(failed(error)))
      : own(one)
  }
}

/**
 * `apiclient_cert.pem` among the platform certificates is a frequent mix-up: it would be taken, and
 * no answer would verify.
 *
 * @throws ConfigurationError `wrong-kind`
 */
export function requireOthers(serials: readonly string[], credentials: CredentialsSource): void {
  if (typeof credentials === 'function') return
  const own = spelt(credentials.serialNumber)
  if (!serials.some((serial) => spelt(serial) === own)) return
  throw new ConfigurationError('wrong-kind', {
    slot: 'platformCertificates',
    found: 'your own merchant certificate (商户API证书)',
    expected: "WeChat Pay's platform certificates (平台证书)",
    fix: "Say platformCertificates: 'download'; apiclient_cert.pem belongs into `certificate`.",
  })
}

/**
 * So is the public half of one's own key as WeChat Pay's: every answer would be refused as forged.
 *
 * @throws ConfigurationError `wrong-kind`
 */
export function requireOthersKey(
  { find }: PlatformKeys,
  id: string,
  credentials: CredentialsSource,
): void {
  if (typeof credentials === 'function') return
  const found = find(id)
  const theirs = found instanceof Promise ? undefined : found?.modulus
  const own = credentials.modulus
  if (
    !own ||
    !theirs ||
    own.length !== theirs.length ||
    own.some((octet, index) => octet !== theirs[index])
  )
    return
  throw new ConfigurationError('wrong-kind', {
    slot: 'publicKey.pem',
    found: 'the public half of your own private key',
    expected: "WeChat Pay's public key (微信支付公钥)",
    fix: 'Download pub_key.pem from the merchant platform (账户中心 → API安全), together with its id.',
  })
}

/** Hex in any case and with leading zeros is one number. */
const spelt = (serial: string) => serial.toUpperCase().replace(/^0+/, '')

/** Core reads `unsent`: nothing went out, so whatever it was can be called again. */
const failed = (cause: unknown) =>
  Object.assign(new Error('`credentials` threw, and what it threw is the cause', { cause }), {
    unsent: true,
  })

function noCredentials(found: unknown): ConfigurationError {
  return new ConfigurationError('unusable-key', {
    slot: 'credentials',
    found:
      typeof found === 'object' && found !== null
        ? 'an object without `sign`'
        : `a value of type ${typeof found}`,
    expected: 'what createCredentials gives, or a function that gives it',
    fix: 'Hand mchid, serialNumber or certificate, and privateKey to createCredentials first.',
  })
}

function givenTwice(): ConfigurationError {
  return new ConfigurationError('duplicate-key', {
    slot: 'credentials',
    found: 'credentials beside serialNumber, certificate or privateKey',
    expected: 'one of the two',
    fix: 'Leave out those that credentials already hold.',
  })
}

function ofAnother(mchid: string): ConfigurationError {
  return new ConfigurationError('mismatched-mchid', {
    slot: 'credentials',
    found: 'credentials of another merchant',
    expected: `those of mchid ${mchid}`,
    fix: 'Make one client for each merchant; notifications are held against its mchid.',
  })
}
