import { requireValue } from '../arguments/require-values.ts'
import {
  notificationKey as notificationKeyType,
  rateLimit as rateLimitType,
} from '../arguments/value-types.ts'
import type { OperationList } from '../operations/operation-list.ts'
import type { AnyOperationId } from '../operations/played-operation.ts'
import type { Feed } from './feed.ts'
import type { Identity, PlatformCertificate, Signer } from './identity.ts'
import { conflict, noAuth, noThird, notFound, rateLimited } from './platform-errors.ts'

/**
 * Which key signs a notification. A share between 0 and 1 plays the grey switch (灰度切换) from the
 * platform certificate to the public key: that share of the notifications, evenly spread, is signed
 * with the public key.
 */
export type NotificationKey = 'certificate' | 'publicKey' | number

/** The most requests to each operation within a number of seconds of the mock's time. */
export interface RateLimit {
  readonly requests: number
  readonly seconds: number
}

/**
 * Commands to the platform, for changes that neither merchant nor user makes. They throw a
 * `ConfigurationError` for an invalid argument.
 */
export interface Platform {
  /**
   * `GET /v3/certificates` returns the next certificate too. It signs nothing yet.
   *
   * @throws {MockStateError}
   */
  publishCertificate(): void
  /**
   * The next certificate signs if a request names no key. The old one is still returned, and signs
   * if a request names it.
   *
   * @throws {MockStateError}
   */
  rotateCertificate(): void
  /**
   * The old certificate is no longer returned, and no longer accepted as `Wechatpay-Serial`.
   *
   * @throws {MockStateError} unless rotated
   */
  retireCertificate(): void
  /**
   * The merchant has no platform certificate, like accounts opened since 2024. `GET
   * /v3/certificates` responds with 404, and the public key signs if a request names no key.
   */
  usePublicKeyOnly(): void
  /** {@link NotificationKey}; undefined: the key that signed the pre-sign response. */
  signNotificationsWith(key: NotificationKey | undefined): void
  /**
   * The operation responds with 403 `NO_AUTH`: the merchant has no permission. `*`: every operation.
   */
  forbid(operation: AnyOperationId | '*'): void
  /** Undoes {@link Platform.forbid}. */
  permit(operation: AnyOperationId | '*'): void
  /** More requests get 429 `RATELIMIT_EXCEEDED`; undefined: no limit. */
  limitRate(limit: RateLimit | undefined): void
  state(): PlatformState
}

/** As the control API shows it. */
export interface PlatformState {
  /** The serial number or public key id of the key that signs if a request names none. */
  readonly default_key: string
  /** Serial numbers of the certificates that `GET /v3/certificates` returns. */
  readonly certificates: readonly string[]
  readonly notification_key: NotificationKey | null
  readonly forbidden: readonly string[]
  readonly rate_limit: RateLimit | null
}

export interface PlatformSource extends Platform {
  /**
   * The key that a request's `Wechatpay-Serial` names; undefined if the platform has no such key.
   */
  find(serialNumber: string): Signer | undefined
  /** The key for requests that name none. */
  readonly defaultSigner: Signer
  /** What `GET /v3/certificates` returns. */
  readonly certificates: readonly PlatformCertificate[]
  /** The key of the next notification. */
  notificationSigner(fallback: Signer): Signer
  /** @throws {Rejection} `NO_AUTH`, `RATELIMIT_EXCEEDED` */
  admit(operation: string): void
  reset(): void
}

export interface PlatformOptions {
  readonly identity: Identity
  readonly now: () => number
  readonly notificationKey: NotificationKey | undefined
  readonly rateLimit: RateLimit | undefined
  readonly operations: OperationList
  readonly feed: Feed
}

export function createPlatform({
  identity,
  now,
  notificationKey,
  rateLimit,
  operations,
  feed,
}: PlatformOptions): PlatformSource {
  const [first, next] = identity.certificates
  let certificates: readonly PlatformCertificate[] = [first]
  let current: PlatformCertificate = first
  let publicKeyOnly = false
  let forNotifications = notificationKey
  let notified = 0
  const forbidden = new Set<string>()
  let limit = rateLimit
  const recent = new Map<string, number[]>()

  const changed = () => feed.emit({ type: 'platform' })
  const defaultSigner = () => (publicKeyOnly ? identity.publicKey : current)
  const admitRate = (operation: string): void => {
    if (limit === undefined) return
    const since = now() - limit.seconds * 1000
    const times = (recent.get(operation) ?? []).filter((time) => time > since)
    if (times.length >= limit.requests) throw rateLimited()
    recent.set(operation, [...times, now()])
  }

  return {
    publishCertificate() {
      if (certificates.includes(next))
        throw conflict('the next certificate, published already', noThird)
      certificates = [...certificates, next]
      changed()
    },
    rotateCertificate() {
      if (current === next) throw conflict('the next certificate, which signs already', noThird)
      certificates = [first, next]
      current = next
      changed()
    },
    retireCertificate() {
      if (current === first)
        throw conflict('the old certificate, which still signs', {
          en: 'Call rotateCertificate() first.',
          zh: '请先调用 rotateCertificate()。',
        })
      certificates = [next]
      changed()
    },
    usePublicKeyOnly() {
      publicKeyOnly = true
      certificates = []
      changed()
    },
    signNotificationsWith(key) {
      if (key !== undefined) requireValue('notificationKey', key, notificationKeyType)
      forNotifications = key
      changed()
    },
    forbid(operation) {
      operations.requireId('operation', operation)
      forbidden.add(operation)
      changed()
    },
    permit(operation) {
      operations.requireId('operation', operation)
      if (operation === '*') forbidden.clear()
      else forbidden.delete(operation)
      changed()
    },
    limitRate(newLimit) {
      if (newLimit !== undefined) requireValue('rateLimit', newLimit, rateLimitType)
      limit = newLimit
      recent.clear()
      changed()
    },
    state: () => ({
      default_key: defaultSigner().serialNumber,
      certificates: certificates.map(({ serialNumber }) => serialNumber),
      notification_key: forNotifications ?? null,
      forbidden: [...forbidden],
      rate_limit: limit ?? null,
    }),
    find: (serialNumber) =>
      [...certificates, identity.publicKey].find((signer) => signer.serialNumber === serialNumber),
    get defaultSigner() {
      return defaultSigner()
    },
    get certificates() {
      if (publicKeyOnly) throw notFound()
      return certificates
    },
    notificationSigner(fallback) {
      if (forNotifications === undefined) return fallback
      if (forNotifications === 'publicKey' || publicKeyOnly) return identity.publicKey
      if (forNotifications === 'certificate') return current
      notified += 1
      const isNew =
        Math.floor(notified * forNotifications) > Math.floor((notified - 1) * forNotifications)
      return isNew ? identity.publicKey : current
    },
    admit(operation) {
      if (forbidden.has('*') || forbidden.has(operation)) throw noAuth()
      admitRate(operation)
    },
    reset() {
      certificates = [first]
      current = first
      publicKeyOnly = false
      forNotifications = notificationKey
      notified = 0
      forbidden.clear()
      limit = rateLimit
      recent.clear()
    },
  }
}
