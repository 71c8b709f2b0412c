/**
 * The message itself is at fault, or pretends to be one of WeChat's: answered with 401, WeChat
 * sends again.
 */
export type RejectionCode =
  /** The body is longer than `maxBytes`, by its `Content-Length` or by what arrived. */
  | 'body-too-large'
  /** The connection broke, the stream failed, or the time was up before the body was complete. */
  | 'body-incomplete'
  /**
   * A `Content-Encoding`: the signed bytes are the plain ones, and a small archive can hold a big
   * body.
   */
  | 'content-encoding'
  /** A `charset` other than UTF-8. */
  | 'content-type'
  /** One of the headers that decide came twice. */
  | 'duplicate-header'
  /** The signature holds, but the body is not strict JSON in UTF-8. */
  | 'malformed-body'
  /** The signature holds, but a documented field of the envelope is missing or of another type. */
  | 'malformed-envelope'
  /** `resource.algorithm` is not AEAD_AES_256_GCM. */
  | 'unsupported-algorithm'
  /** `resource.nonce` has not exactly 12 bytes. */
  | 'malformed-nonce'
  /** `resource.ciphertext` is not strict base64 of at least the 16 bytes of the tag. */
  | 'malformed-ciphertext'
  /** `resource.associated_data` is present and not text. */
  | 'malformed-associated-data'
  /** No APIv3 key given opens the resource. */
  | 'not-openable'
  /** The opened resource is not strict JSON in UTF-8. */
  | 'malformed-plaintext'
  /** The contract belongs to another merchant. */
  | 'wrong-mchid'
  /** `expect` did not answer `true`. */
  | 'unexpected'
  /** `tenant` knows no merchant for this route. */
  | 'unknown-tenant'

/** This service is at fault: answered with 500, WeChat sends again. */
export type OwnFaultCode =
  /** What was given has no raw body: it was parsed, decoded to text, or already read. */
  | 'parsed-body'
  /** What was given is no request: it has no headers. */
  | 'no-headers'
  /** There is no platform key to verify with, and none could be had. */
  | 'no-platform-keys'
  /** `expect` threw; what it threw is the `cause`. */
  | 'expect-failed'
  /** `tenant` threw; what it threw is the `cause`. */
  | 'tenant-failed'
  /** The inbox did not keep it; what it threw is the `cause`. */
  | 'inbox-failed'
  /** `onNotification` threw; what it threw is the `cause`. */
  | 'handler-failed'
  /**
   * `budgetMs` ran out before it was kept. It may be kept all the same; then the repeat is a
   * duplicate.
   */
  | 'budget-spent'
  /** The inbox has this id already, and it said something else: a defect or an attack. */
  | 'conflict'

export type NotificationErrorCode = RejectionCode | OwnFaultCode

const ownFaults: ReadonlySet<string> = new Set<OwnFaultCode>([
  'parsed-body',
  'no-headers',
  'no-platform-keys',
  'expect-failed',
  'tenant-failed',
  'inbox-failed',
  'handler-failed',
  'budget-spent',
  'conflict',
])

/**
 * A notification was not accepted. `code` says why, for your own log only: WeChat, or whoever sent
 * it, gets one and the same answer for every refusal.
 */
export class NotificationError extends Error {
  override readonly name = 'NotificationError'
  readonly code: NotificationErrorCode
  /** `Request-ID` of the message, when it had one: quote it to WeChat Pay's support. */
  readonly requestId: string | undefined
  /** `id` of the notification, known only once its signature held. */
  readonly notificationId: string | undefined

  constructor(code: NotificationErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options)
    this.code = code
  }
}

/**
 * Those that a notification was refused with. One from elsewhere, say from a query of the
 * handler's, says nothing of the message.
 */
const refusedBySignature = new WeakSet<Error>()

/** Marks what verifying this very message threw. */
export function markRejected(error: unknown): unknown {
  if (error instanceof Error && error.name === 'SignatureError') refusedBySignature.add(error)
  return error
}

/**
 * Puts down which message it was, where that is known: what refuses a field need not carry it
 * along.
 */
export function locate(
  error: unknown,
  {
    requestId,
    notificationId,
  }: { requestId?: string | undefined; notificationId?: string | undefined },
): unknown {
  if (!(error instanceof NotificationError)) return error
  return Object.assign(error, {
    requestId: error.requestId ?? requestId,
    notificationId: error.notificationId ?? notificationId,
  })
}

/** By name and code where it can be, not by class: two copies of a package must agree. */
export function isRejection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (refusedBySignature.has(error)) return true
  return error.name === 'NotificationError' && 'code' in error && !ownFaults.has(String(error.code))
}
