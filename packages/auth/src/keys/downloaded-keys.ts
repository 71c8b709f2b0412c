import { callListener, isUnsent, unsent, untilAborted } from '@wechatpay-entrust/base'
import type { Certificate } from '../crypto/certificate.ts'
import { ConfigurationError, SignatureError } from '../errors.ts'
import type { AuthEventListener } from '../events.ts'
import type { Clock } from '../signatures/freshness.ts'
import { type ApiV3Keys, importApiV3Keys } from './api-v3-keys.ts'
import type { CredentialsSource } from './credentials.ts'
import { createKeySet, type PlatformKeys } from './platform-key.ts'
import { importPublicKey } from './platform-keys.ts'

export interface DownloadedKeysOptions {
  readonly credentials: CredentialsSource
  /**
   * APIv3 key (APIv3密钥), 32 characters, with which the certificates are sealed; while it changes a
   * list.
   */
  readonly apiV3Key: string | readonly string[] | ApiV3Keys
  /** WeChat Pay public key (微信支付公钥), beside the certificates while you switch from them to it. */
  readonly publicKey?: { readonly id: string; readonly pem: string } | undefined
  /** Scheme and host. Default `https://api.mch.weixin.qq.com`. */
  readonly baseUrl?: string | undefined
  /** Where a download goes on after a failed connection, a 502, 503 or 504. Default: nowhere. */
  readonly backupBaseUrl?: string | undefined
  /** Sends the signed request. Default: `globalThis.fetch`, looked up at each download. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Default `Date.now`. */
  readonly clock?: Clock | undefined
  /** Take the published keys of the mock. Default false. */
  readonly allowMockKeys?: boolean | undefined
  readonly onEvent?: AuthEventListener | undefined
  /** 0 to below 1, for the jitter. Default `Math.random`. */
  readonly random?: (() => number) | undefined
}

/** Keys that renew themselves. */
export interface DownloadedKeys extends PlatformKeys {
  /**
   * Waits for the first download where no key is known; starts one that is due, without waiting.
   */
  ready(signal?: AbortSignal): Promise<void> | undefined
  /**
   * Downloads now, or joins the download under way. Rejects where it fails; what was known stays in
   * use.
   */
  refresh(): Promise<void>
  /**
   * Ends timer and download. Idempotent. What is known still verifies; nothing more is downloaded.
   */
  close(): void
}

const minute = 60_000
const hour = 60 * minute
/** An unknown serial number causes no second download within it, however many messages name one. */
const coolDown = minute
/** A notification may wait for a download, and must be answered within 5 s. */
const downloadTimeout = 4000
/** Documented is an interval under 12 h; the spread keeps many processes from asking at once. */
const nextAfterSuccess = (random: () => number) => (9 + 2 * random()) * hour
const nextAfterFailure = (failures: number, random: () => number) =>
  Math.min(minute * 2 ** (failures - 1), hour) * (0.5 + random() / 2)

/**
 * Holds WeChat Pay's keys with platform certificates (平台证书) that are downloaded, and downloaded
 * anew every 9 to 11 hours, at a certificate serial number that is not known (joined, once a minute
 * at most), and after a failure. Each key is found by the exact `Wechatpay-Serial`. Nothing is
 * downloaded before it is needed.
 *
 * A failed download keeps what is known and tells `onEvent`. Every unexpired certificate verifies;
 * the newest one in force is asked for and encrypts, unless a public key is given. Nothing is
 * shared between two calls, hence nothing between two merchants. The timer keeps no process alive.
 *
 * @throws ConfigurationError of the options: `malformed-public-key-id`, `not-text`,
 * `malformed-api-v3-key`, those of a public key, `mock-keys`; later, of the account:
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
  const {
    credentials,
    fetch,
    clock = Date.now,
    onEvent,
    random = Math.random,
    allowMockKeys = false,
  } = options
  const baseUrls = [options.baseUrl ?? 'https://api.mch.weixin.qq.com', options.backupBaseUrl]
  const urls = baseUrls.flatMap((one) =>
    one === undefined ? [] : [new URL('/v3/certificates', one).href],
  )
  const apiV3Keys = importApiV3Keys(options.apiV3Key)
  const publicKey = options.publicKey && importPublicKey(options.publicKey)
  const keySet = (certificates: readonly Certificate[]) =>
    createKeySet({ publicKey, certificates, clock, allowMockKeys })

  const closing = new AbortController()
  let known = keySet([])
  let underWay: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let refreshedAt: number | undefined
  let startedAt = Number.NEGATIVE_INFINITY
  let dueAt = Number.NEGATIVE_INFINITY

  const refresh = (): Promise<void> => {
    underWay ??= download().finally(() => {
      underWay = undefined
    })
    return underWay
  }

  async function download(): Promise<void> {
    closing.signal.throwIfAborted()
    startedAt = clock()
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(downloadTimeout)])
    try {
      // Apart, so that the bundle of who has a public key does not begin with it.
      const { downloadCertificates } = await import('./certificate-download.ts')
      known = keySet(
        await downloadCertificates({ credentials, apiV3Keys, known, urls, fetch, clock, signal }),
      )
      failures = 0
      refreshedAt = clock()
      schedule(nextAfterSuccess(random))
      callListener(onEvent, { type: 'certificates:refreshed', serials: known.serials })
    } catch (error) {
      if (closing.signal.aborted) throw error
      failures += 1
      schedule(nextAfterFailure(failures, random))
      callListener(onEvent, { type: 'certificates:stale', failures, refreshedAt, error })
      throw error
    }
  }

  /** A download that nobody waits for; its failure is told by the event. */
  const refreshInBackground = () => void refresh().catch(() => {})

  /** A request waits for this one, and is not sent where it fails. */
  async function firstDownload(signal: AbortSignal | undefined): Promise<void> {
    try {
      await untilAborted(refresh(), signal)
    } catch (error) {
      if (signal?.aborted || isUnsent(error)) throw error
      if (error instanceof ConfigurationError) throw error
      // It is about the answer to the download; unchanged it would look like one about the answer
      // to the request.
      if (error instanceof SignatureError) {
        throw unsent(
          `the answer to the certificate download was refused (${error.code}), and why is the cause`,
          error,
        )
      }
      const why = closing.signal.aborted
        ? 'because the client was closed before'
        : 'for the reason that is the cause'
      throw unsent(`platform certificates are needed first, and were not downloaded, ${why}`, error)
    }
  }

  function schedule(delay: number): void {
    clearTimeout(timer)
    if (closing.signal.aborted) return
    dueAt = clock() + delay
    timer = setTimeout(refreshInBackground, delay)
    // Node, Bun: without this the timer would keep a finished process alive for hours.
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
      // Only a certificate can be new: nothing that an attacker writes into the header but a serial
      // number asks for one.
      if (key || closing.signal.aborted || !/^[0-9A-F]{1,40}$/.test(serialNumber)) return key
      if (!underWay && Math.abs(clock() - startedAt) < coolDown) return undefined
      return refresh().then(
        () => known.find(serialNumber),
        (error: unknown) => {
          // With other keys at hand this message is just not proven; with none, nothing could be.
          if (known.serials.length === 0) throw error
          return undefined
        },
      )
    },
    ready(signal) {
      if (known.serials.length === 0) return firstDownload(signal)
      // Beside the timer, which stands still while a process is frozen.
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
