import { isUnsent, unsent, untilAborted } from '@wechatpay-entrust/base'
import type { Certificate } from '../crypto/certificate.ts'
import { ConfigurationError, SignatureError } from '../errors.ts'
import { type AuthEventListener, createAuthReport } from '../events.ts'
import { requireFunction, requireKnownOptions } from '../known-options.ts'
import type { Clock } from '../signatures/freshness.ts'
import { type ApiV3Keys, importApiV3Keys } from './api-v3-keys.ts'
import type { CredentialsSource } from './credentials.ts'
import { createKeySet, type PlatformKeys } from './platform-key.ts'
import { importPublicKey, type PlatformKeysOptions } from './platform-keys.ts'

export interface DownloadedKeysOptions {
  readonly credentials: CredentialsSource
  /**
   * APIv3 key (APIv3密钥), 32 characters, which decrypts the certificates. While you change the key,
   * give a list: the current key, then the previous one.
   */
  readonly apiV3Key: string | readonly string[] | ApiV3Keys
  /** WeChat Pay public key (微信支付公钥), in addition to the certificates while you switch to it. */
  readonly publicKey?: PlatformKeysOptions['publicKey']
  /** Scheme and host. Default `https://api.mch.weixin.qq.com`. */
  readonly baseUrl?: string | undefined
  /** The host to try after a failed connection, a 502, 503 or 504. Default: none. */
  readonly backupBaseUrl?: string | undefined
  /** Sends the signed request. Default: `globalThis.fetch`, looked up at each download. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Default `Date.now`. */
  readonly clock?: Clock | undefined
  /** Accept the published keys of the mock. Default false. */
  readonly allowMockKeys?: boolean | undefined
  /** Receives each download with its result. Without it, the console gets those that fail. */
  readonly onEvent?: AuthEventListener | undefined
  /** Writes one line to `console.error` for each event. Default: `WECHATPAY_DEBUG=1`. */
  readonly debug?: boolean | undefined
  /** Returns 0 to below 1, for the jitter. Default `Math.random`. */
  readonly random?: (() => number) | undefined
}

const optionNames: { readonly [Name in keyof Required<DownloadedKeysOptions>]: true } = {
  credentials: true,
  apiV3Key: true,
  publicKey: true,
  baseUrl: true,
  backupBaseUrl: true,
  fetch: true,
  clock: true,
  allowMockKeys: true,
  onEvent: true,
  debug: true,
  random: true,
}

/** Keys that are downloaded again before they expire. */
export interface DownloadedKeys extends PlatformKeys {
  /**
   * If no key is known, waits for the first download. If a download is due, starts it without
   * waiting.
   */
  ready(signal?: AbortSignal): Promise<void> | undefined
  /**
   * Downloads now, or joins the running download. Rejects if the download fails; the known keys
   * stay in use.
   */
  refresh(): Promise<void>
  /**
   * Stops the timer and the download. Idempotent. The known keys still verify; nothing more is
   * downloaded.
   */
  close(): void
}

/** The client passes the hosts of the spec; this default is for direct callers. */
const defaultBaseUrl = 'https://api.mch.weixin.qq.com'
const minute = 60_000
const hour = 60 * minute
/** At most one download in this time for unknown serial numbers, however many messages name one. */
const coolDown = minute
/** A notification may wait for a download, and WeChat Pay expects the response within 5 s. */
const downloadTimeout = 4000
/**
 * The documented interval is under 12 h. The jitter keeps many processes from downloading at once.
 */
const nextAfterSuccess = (random: () => number) => (9 + 2 * random()) * hour
const nextAfterFailure = (failures: number, random: () => number) =>
  Math.min(minute * 2 ** (failures - 1), hour) * (0.5 + random() / 2)

/**
 * Creates a set of WeChat Pay's keys that downloads the platform certificates (平台证书). The first
 * download starts when a key is needed. The next ones start every 9 to 11 hours, for an unknown
 * certificate serial number (shared by all waiting messages, at most once a minute), and after a
 * failure. Each key is found by the exact `Wechatpay-Serial`.
 *
 * If a download fails, the known keys stay in use and `onEvent` is called (or the console). Every unexpired
 * certificate verifies. Requests name the newest certificate in force, and it encrypts fields,
 * unless a public key is given. Two calls share nothing, so two merchants share nothing. The timer
 * does not keep the process alive.
 *
 * @throws ConfigurationError for an option: `unknown-option`, `malformed-public-key-id`, `not-text`,
 * `malformed-api-v3-key`, `mock-keys`, and the codes of a public key; later, from a download:
 * `wrong-api-v3-key`, `certificates-unavailable`
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012068829
 * @example
 * ```ts
 * import { createCredentials, createDownloadedKeys, createSigningFetch } from '@wechatpay-entrust/auth'
 *
 * declare const privateKey: string
 * const credentials = createCredentials({ mchid: '1900009191', serialNumber: '3D7A1F0C5B2E', privateKey })
 * const platformKeys = createDownloadedKeys({ credentials, apiV3Key: process.env.WECHATPAY_API_V3_KEY ?? '' })
 * const signingFetch = createSigningFetch({ credentials, platformKeys })
 * ```
 */
export function createDownloadedKeys(options: DownloadedKeysOptions): DownloadedKeys {
  requireKnownOptions(options, optionNames)
  const {
    credentials,
    fetch,
    clock = Date.now,
    random = Math.random,
    allowMockKeys = false,
  } = options
  const baseUrls = [options.baseUrl ?? defaultBaseUrl, options.backupBaseUrl]
  const urls = baseUrls.flatMap((baseUrl) =>
    baseUrl === undefined ? [] : [new URL('/v3/certificates', baseUrl).href],
  )
  requireFunction('fetch', fetch)
  const report = createAuthReport(options)
  const apiV3Keys = importApiV3Keys(options.apiV3Key)
  const publicKey = options.publicKey && importPublicKey(options.publicKey)
  const keySet = (certificates: readonly Certificate[]) =>
    createKeySet({ publicKey, certificates, clock, allowMockKeys })

  const closing = new AbortController()
  let known = keySet([])
  let running: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let refreshedAt: number | undefined
  let startedAt = Number.NEGATIVE_INFINITY
  let dueAt = Number.NEGATIVE_INFINITY

  const refresh = (): Promise<void> => {
    running ??= download().finally(() => {
      running = undefined
    })
    return running
  }

  async function download(): Promise<void> {
    closing.signal.throwIfAborted()
    startedAt = clock()
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(downloadTimeout)])
    try {
      // Loaded here, so that a bundle that uses only a public key does not load it at the start.
      const { downloadCertificates } = await import('./certificate-download.ts')
      known = keySet(
        await downloadCertificates({ credentials, apiV3Keys, known, urls, fetch, clock, signal }),
      )
      failures = 0
      refreshedAt = clock()
      schedule(nextAfterSuccess(random))
      report({ type: 'certificates:refreshed', serials: known.serials })
    } catch (error) {
      if (closing.signal.aborted) throw error
      failures += 1
      schedule(nextAfterFailure(failures, random))
      report({ type: 'certificates:stale', failures, refreshedAt, error })
      throw error
    }
  }

  /** A download that no caller waits for; its failure is reported by the event. */
  const refreshInBackground = () => void refresh().catch(() => {})

  /** A request waits for this download and is not sent if it fails. */
  async function firstDownload(signal: AbortSignal | undefined): Promise<void> {
    try {
      await untilAborted(refresh(), signal)
    } catch (error) {
      if (signal?.aborted || isUnsent(error)) throw error
      if (error instanceof ConfigurationError) throw error
      // This error is about the response to the download. Unwrapped, it would look like an error
      // about the response to the request.
      if (error instanceof SignatureError) {
        throw unsent(
          `the response to the certificate download was rejected (${error.code}); the cause says why`,
          error,
        )
      }
      const why = closing.signal.aborted
        ? 'because the client was closed'
        : 'for the reason in `cause`'
      throw unsent(`platform certificates are needed first, and were not downloaded, ${why}`, error)
    }
  }

  function schedule(delay: number): void {
    clearTimeout(timer)
    if (closing.signal.aborted) return
    dueAt = clock() + delay
    timer = setTimeout(refreshInBackground, delay)
    // Node and Bun only: otherwise the timer would keep a finished process alive for hours.
    ;(timer as { unref?(): void }).unref?.()
  }

  return {
    get requestSerial() {
      return known.requestSerial
    },
    get serials() {
      return known.serials
    },
    find(serialNumber) {
      const key = known.find(serialNumber)
      // Only a value shaped like a certificate serial number triggers a download.
      if (key || closing.signal.aborted || !/^[0-9A-F]{1,40}$/.test(serialNumber)) return key
      if (!running && Math.abs(clock() - startedAt) < coolDown) return undefined
      return refresh().then(
        () => known.find(serialNumber),
        (error: unknown) => {
          // If other keys are known, only this message cannot be verified. If none is known, the
          // failed download is the reason.
          if (known.serials.length === 0) throw error
          return undefined
        },
      )
    },
    ready(signal) {
      if (known.serials.length === 0) return firstDownload(signal)
      // Needed besides the timer, which stops while a process is frozen.
      if (clock() >= dueAt && !closing.signal.aborted) refreshInBackground()
      return undefined
    },
    refresh,
    close() {
      closing.abort(new Error('The keys were closed: nothing more is downloaded.'))
      clearTimeout(timer)
    },
  }
}
