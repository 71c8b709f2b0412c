import { type Remedy, RemedyError } from '@wechatpay-entrust/base'
import { type NotificationErrorCode, ownFaults } from './error-codes.ts'
import { remedies } from './remedies.ts'

/**
 * A notification was not accepted. `code` is the reason, for your own log only: the sender gets the
 * same response for every rejected message. `message` is English and stable, and ends with the
 * remedy; `remedy` has it in English and Chinese.
 */
export class NotificationError extends RemedyError {
  override readonly name = 'NotificationError'
  readonly code: NotificationErrorCode
  /** `Request-ID` of the message, if it has one. Give it to WeChat Pay's support. */
  readonly requestId: string | undefined
  /** `id` of the notification. Known only after its signature is verified. */
  readonly notificationId: string | undefined

  /** `found` is what was found and what was expected; the message ends with the remedy. */
  constructor(
    code: NotificationErrorCode,
    found: string,
    { cause, remedy = remedies[code] }: { cause?: unknown; remedy?: Remedy | undefined } = {},
  ) {
    super(`${found} ${remedy.en}`, remedy, cause)
    this.code = code
  }
}

/**
 * Every SignatureError of a received message. A SignatureError from elsewhere, for example from a
 * query in the handler, is not the message's fault.
 */
const signatureRejections = new WeakSet<Error>()

/** Marks an error that the verification of a received message threw. */
export function markRejected(error: unknown): unknown {
  if (error instanceof Error && error.name === 'SignatureError') signatureRejections.add(error)
  return error
}

/**
 * Adds the ids of the message to its error, where they are known. So the check that throws does not
 * need to know them.
 */
export function addMessageIds(
  error: unknown,
  {
    requestId,
    notificationId,
  }: { requestId?: string | undefined; notificationId?: string | undefined },
): unknown {
  if (error instanceof NotificationError) {
    return Object.assign(error, {
      requestId: error.requestId ?? requestId,
      notificationId: error.notificationId ?? notificationId,
    })
  }
  const isOwn = error instanceof Error && signatureRejections.has(error)
  return isOwn ? Object.assign(error, { requestId }) : error
}

/**
 * Whether the message is at fault. Compares name and code instead of the class, because two copies
 * of this package must agree.
 */
export function isRejection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (signatureRejections.has(error)) return true
  return error.name === 'NotificationError' && 'code' in error && !ownFaults.has(String(error.code))
}
