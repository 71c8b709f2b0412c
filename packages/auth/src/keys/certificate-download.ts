import {
  decodeBase64,
  member,
  type Remedy,
  readBody,
  readJson,
  unsent,
  utf8,
} from '@wechatpay-entrust/base'
import { type Certificate, importCertificate } from '../crypto/certificate.ts'
import { ConfigurationError, SignatureError } from '../errors.ts'
import { contentEncoding } from '../fetch/content-encoding.ts'
import { requireResponse } from '../fetch/require-response.ts'
import { createSigningFetch } from '../fetch/signing-fetch.ts'
import type { SigningResponse } from '../fetch/verified-response.ts'
import type { Clock } from '../signatures/freshness.ts'
import type { ApiV3Keys } from './api-v3-keys.ts'
import type { CredentialsSource } from './credentials.ts'
import { createKeySet, type PlatformKeys } from './platform-key.ts'

export interface CertificateDownload {
  readonly credentials: CredentialsSource
  readonly apiV3Keys: ApiV3Keys
  /** The keys that are known before this download. */
  readonly known: Pick<PlatformKeys, 'requestSerial' | 'serials' | 'find'>
  /** The URLs of `/v3/certificates`, one for each host. The next host is used if one fails. */
  readonly urls: readonly string[]
  readonly fetch: typeof globalThis.fetch | undefined
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** Real lists have at most two certificates of 2 kB each. */
const longestList = 262_144
/** Statuses of a gateway that could not reach the service. */
const unreachable: readonly number[] = [502, 503, 504]
/**
 * Statuses of a temporary failure. 500 is not in the list: accounts without certificates get it
 * too.
 */
const temporary: readonly number[] = [429, ...unreachable]

/**
 * Downloads the platform certificates (平台证书), `GET /v3/certificates`, each encrypted with the APIv3
 * key. The response must be signed by a known key or by one of the certificates in the response: at
 * the first download no other key is known.
 *
 * @throws SignatureError the response does not verify, or `malformed-certificates`
 * @throws ConfigurationError `wrong-api-v3-key`, `certificates-unavailable`
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 */
export async function downloadCertificates(
  download: CertificateDownload,
): Promise<readonly Certificate[]> {
  const { credentials, apiV3Keys, known, urls, clock, signal } = download
  let body: Uint8Array = new Uint8Array()
  let opening: Promise<readonly Certificate[]> | undefined
  const open = () => {
    opening ??= openCertificates(body, apiV3Keys)
    return opening
  }
  const signingFetch = createSigningFetch({
    credentials,
    clock,
    // The signing fetch of the calls reports a wrong clock.
    onEvent: () => {},
    async fetch(input, init) {
      const send = download.fetch ?? globalThis.fetch
      const response = requireResponse(await send(input, init))
      // The signing fetch handles every other response.
      if (response.status !== 200 || contentEncoding(response.headers)) return response
      const read = await readBody(response, longestList, signal)
      if (!read) throw malformed(`has more than ${longestList} bytes`)
      body = read
      return new Response(body as Uint8Array<ArrayBuffer>, response)
    },
    platformKeys: {
      requestSerial: known.requestSerial,
      serials: known.serials,
      async find(serialNumber) {
        const before = await known.find(serialNumber)
        if (before) return before
        return createKeySet({ certificates: await open(), clock, allowMockKeys: true }).find(
          serialNumber,
        )
      },
    },
  })
  const headers = { Accept: 'application/json', 'User-Agent': 'wechatpay-entrust' }
  const response = await tryEach(urls, (url) => signingFetch(url, { headers, signal }), signal)
  if (response.status !== 200) throw unavailable(response)
  return open()
}

/**
 * After a failed connection or a gateway error, tries the next host within the same timeout. The
 * result of the last host counts.
 */
async function tryEach(
  [url, ...others]: readonly string[],
  send: (url: string) => Promise<SigningResponse>,
  signal: AbortSignal,
): Promise<SigningResponse> {
  if (url === undefined) throw new TypeError('No host to ask was given.')
  if (others.length === 0) return send(url)
  try {
    const response = await send(url)
    if (!unreachable.includes(response.status)) return response
  } catch (error) {
    // fetch throws a TypeError if there is no response. A response that does not verify is no
    // reason to try another host.
    if (signal.aborted || !(error instanceof TypeError)) throw error
  }
  return tryEach(others, send, signal)
}

async function openCertificates(
  body: Uint8Array,
  { ring }: ApiV3Keys,
): Promise<readonly Certificate[]> {
  const list = member(readJson(body), 'data')
  if (!Array.isArray(list)) throw malformed('is not JSON with a list `data`')
  const opened = await Promise.all(list.map((item) => openCertificate(item, ring)))
  const certificates = opened.filter((certificate) => certificate !== undefined)
  if (certificates.length === 0) throw malformed('names no certificate of the RSA kind')
  return certificates
}

/** Undefined for a certificate of another scheme, such as SM2 (国密). */
async function openCertificate(
  item: unknown,
  ring: ApiV3Keys['ring'],
): Promise<Certificate | undefined> {
  const sealed = member(item, 'encrypt_certificate')
  const algorithm = member(sealed, 'algorithm')
  if (typeof algorithm === 'string' && algorithm !== 'AEAD_AES_256_GCM') return undefined
  const [serial, nonce, text, label] = [
    member(item, 'serial_no'),
    member(sealed, 'nonce'),
    member(sealed, 'ciphertext'),
    member(sealed, 'associated_data') ?? '',
  ]
  const ciphertext = typeof text === 'string' ? decodeBase64(text) : undefined
  const isWhole =
    typeof algorithm === 'string' &&
    typeof serial === 'string' &&
    typeof nonce === 'string' &&
    typeof label === 'string'
  // 16 bytes are the tag alone.
  if (!isWhole || !ciphertext || ciphertext.length <= 16 || utf8(nonce).length !== 12) {
    throw malformed('holds a certificate that is not sealed as AEAD_AES_256_GCM')
  }
  const sealedBytes = { nonce: utf8(nonce), associatedData: utf8(label), ciphertext }
  const pem = await tryKeys(ring, sealedBytes)
  const certificate = importCertificate(new TextDecoder().decode(pem), 'GET /v3/certificates')
  if (certificate.serialNumber !== serial.toUpperCase()) {
    throw malformed('names a certificate by a serial number that is not its own')
  }
  return certificate
}

async function tryKeys(
  ring: ApiV3Keys['ring'],
  sealed: Parameters<ApiV3Keys['ring'][0]['open']>[0],
) {
  for (const key of ring) {
    try {
      return await key.open(sealed)
    } catch {
      // The lengths are right, so the tag is wrong: try the next key.
    }
  }
  throw new ConfigurationError('wrong-api-v3-key', {
    slot: 'apiV3Key',
    found: 'a key that does not decrypt the platform certificates',
    expected: 'the APIv3 key (APIv3密钥) that is set on the merchant platform',
    remedy: {
      en: 'If you do not have it, set a new one on the merchant platform (账户中心 → API安全). The mchid must also be the same.',
      zh: '如果没有保存 APIv3 密钥，请在商户平台（账户中心 → API安全）重新设置；商户号也必须一致。',
    },
  })
}

function malformed(how: string): SignatureError {
  return new SignatureError(
    'malformed-certificates',
    `The list of platform certificates ${how}. Nothing of it was used.`,
  )
}

function unavailable({ status, signError }: SigningResponse): Error {
  const text = `GET /v3/certificates got HTTP ${status}`
  // A temporary failure: the caller may retry.
  if (temporary.includes(status))
    return unsent(`${text}, and without them nothing can be verified: repeat the call`)
  return new ConfigurationError('certificates-unavailable', {
    slot: 'platformCertificates',
    found: `'download', and ${text}`,
    expected: 'an account that has platform certificates, and credentials that it accepts',
    remedy: signError
      ? { en: signError.message, zh: notAccepted }
      : status === 404 || status === 500
        ? publicKeyOnly
        : checkAccount,
  })
}

const notAccepted =
  '微信支付未接受请求签名：请核对商户号、商户API证书序列号和商户私钥是否属于同一张证书，并检查本机时间。'

const checkAccount: Remedy = {
  en: 'Check baseUrl, mchid and the API permissions.',
  zh: '请检查 baseUrl、商户号和接口权限。',
}

const publicKeyOnly: Remedy = {
  en:
    'Accounts opened since about September 2024 have a WeChat Pay public key (微信支付公钥) and no platform certificates, ' +
    'and get this response: pass publicKey { id, pem } from the merchant platform instead. A 500 may also be temporary.',
  zh:
    '约 2024 年 9 月以后开通的商户只有微信支付公钥，没有平台证书，会收到该应答：' +
    '请改用商户平台上的微信支付公钥 publicKey { id, pem }。500 也可能是暂时性错误。',
}
