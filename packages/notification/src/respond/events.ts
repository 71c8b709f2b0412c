import type { SignatureErrorCode } from '@wechatpay-entrust/auth'
import { createReport } from '@wechatpay-entrust/base'
import type { RejectionCode } from '../errors/error-codes.ts'
import { isRejection } from '../errors/notification-error.ts'
import type { AnyNotification } from '../message/events.ts'

interface About {
  /** The merchant, if known. */
  readonly mchid?: string | undefined
  /** `Request-ID` of the message. */
  readonly requestId?: string | undefined
  /** Id of the notification. Known only after its signature is verified. */
  readonly id?: string | undefined
  /** From the start of handling to the response. */
  readonly durationMs: number
}

interface Known extends About {
  readonly mchid: string
  readonly id: string
  readonly eventType: string
  readonly kind: AnyNotification['kind']
  /**
   * The message's timestamp minus this machine's clock, in seconds. If it grows, this clock drifts.
   */
  readonly skewSeconds: number
}

/** It passed every check and was stored, or handled. */
export interface NotificationAccepted extends Known {
  readonly type: 'notification:accepted'
}

/** It passed every check, and the inbox already had it: the response is 204. */
export interface NotificationDuplicate extends Known {
  readonly type: 'notification:duplicate'
}

/**
 * It passed every check, but the inbox has other content under this id: the response is 500. A
 * defect or an attack: raise an alarm.
 */
export interface NotificationConflict extends Known {
  readonly type: 'notification:conflict'
  readonly code: 'conflict'
  readonly error: Error
}

/** The message was rejected: the response is 401. */
export interface NotificationRejected extends About {
  readonly type: 'notification:rejected'
  readonly code: RejectionCode | SignatureErrorCode
  /** One of WeChat Pay's own signature probes (签名探测流量). It needs no alarm. */
  readonly probe: boolean
  readonly error: Error
}

/** This service is at fault: the response is 500. */
export interface NotificationFailed extends About {
  readonly type: 'notification:failed'
  /** The `code` of the error, or its name if it has no code. */
  readonly code: string
  readonly error: unknown
}

/** The events of the receiver: one for each message. */
export type NotificationEvent =
  | NotificationAccepted
  | NotificationDuplicate
  | NotificationConflict
  | NotificationRejected
  | NotificationFailed

/** Its result and its errors are ignored. */
export type NotificationListener = (event: NotificationEvent) => void

/**
 * Creates the function that a receiver reports to. Of `handleNotification` and the adapters only
 * the sender sees the response, so without a listener rejections and failures go to the console. A
 * signature probe is no failure. `throwsErrors`: the caller gets each error, so nothing is silent.
 */
export const createNotificationReport = (
  options:
    | { readonly onEvent?: NotificationListener | undefined; readonly debug?: boolean | undefined }
    | undefined,
  throwsErrors = false,
) => {
  const { onEvent, debug } = options ?? {}
  return createReport<NotificationEvent>({
    // Wrong values are rejected by the check of the options, which also reports here.
    onEvent: typeof onEvent === 'function' ? onEvent : undefined,
    debug: typeof debug === 'boolean' ? debug : undefined,
    isFailure: throwsErrors ? () => false : isFailure,
  })
}

function isFailure(event: NotificationEvent): boolean {
  if (event.type === 'notification:rejected') return !event.probe
  return event.type === 'notification:failed' || event.type === 'notification:conflict'
}

/** The event for a thrown error. */
export function describeFailure(
  error: unknown,
  about: About,
): NotificationRejected | NotificationFailed {
  const { code, name, requestId, notificationId, probe } = (
    typeof error === 'object' && error !== null ? error : {}
  ) as Readonly<Record<string, unknown>>
  const known = { ...about, requestId: requestId ?? about.requestId, id: notificationId } as About
  return isRejection(error)
    ? {
        type: 'notification:rejected',
        code: code as RejectionCode,
        probe: probe === true,
        error: error as Error,
        ...known,
      }
    : { type: 'notification:failed', code: String(code ?? name ?? 'unknown'), error, ...known }
}
