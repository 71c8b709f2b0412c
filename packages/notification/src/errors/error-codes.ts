/**
 * The message is invalid or forged. The response is 401, and WeChat Pay sends the notification
 * again.
 */
export type RejectionCode =
  /** The body is longer than `maxBytes`, by its `Content-Length` or by what arrived. */
  | 'body-too-large'
  /** The connection broke, the stream failed, or the time ran out before the body was complete. */
  | 'body-incomplete'
  /**
   * The message has a `Content-Encoding` other than `identity`. The signature covers the plain
   * bytes, and a small compressed body can unpack to a very large one.
   */
  | 'content-encoding'
  /** The `Content-Type` names a `charset` other than UTF-8. */
  | 'content-type'
  /** A header that is used in a check occurs twice. */
  | 'duplicate-header'
  /** The signature is valid, but the body is not strict JSON in UTF-8. */
  | 'malformed-body'
  /**
   * The signature is valid, but a documented field of the envelope is missing or has a wrong type.
   */
  | 'malformed-envelope'
  /** `resource.algorithm` is not AEAD_AES_256_GCM. */
  | 'unsupported-algorithm'
  /** `resource.nonce` does not have exactly 12 bytes. */
  | 'malformed-nonce'
  /** `resource.ciphertext` is not strict base64 of at least the 16 bytes of the tag. */
  | 'malformed-ciphertext'
  /** `resource.associated_data` is present but is not a string. */
  | 'malformed-associated-data'
  /** None of the given APIv3 keys opens the resource. */
  | 'not-openable'
  /** The opened resource is not strict JSON in UTF-8. */
  | 'malformed-plaintext'
  /** The contract belongs to another merchant. */
  | 'wrong-mchid'
  /** `expect` did not return `true`. */
  | 'unexpected'
  /** `tenant` knows no merchant for this route. */
  | 'unknown-tenant'

/** This service is at fault. The response is 500, and WeChat Pay sends the notification again. */
export type OwnFaultCode =
  /** The request has no raw body: the body was parsed, decoded to text, or already read. */
  | 'parsed-body'
  /** The argument is not a request: it has no headers. */
  | 'no-headers'
  /**
   * The headers, or the value of one, are of a type that no HTTP server gives: the error names it.
   */
  | 'unsupported-headers'
  /** There is no platform key to verify with, and none could be downloaded. */
  | 'no-platform-keys'
  /** `expect` threw an error, which is the `cause`. */
  | 'expect-failed'
  /** `tenant` threw an error, which is the `cause`. */
  | 'tenant-failed'
  /** The inbox did not store the notification. Its error is the `cause`. */
  | 'inbox-failed'
  /** `onNotification` threw an error, which is the `cause`. */
  | 'handler-failed'
  /**
   * `budgetMs` ran out before the notification was stored. It may still be stored later; the resent
   * notification is then a duplicate.
   */
  | 'budget-spent'
  /** The inbox already has this id with different content: a defect or an attack. */
  | 'conflict'

export type NotificationErrorCode = RejectionCode | OwnFaultCode

/** The codes whose response is 500. */
export const ownFaults: ReadonlySet<string> = new Set<OwnFaultCode>([
  'parsed-body',
  'no-headers',
  'unsupported-headers',
  'no-platform-keys',
  'expect-failed',
  'tenant-failed',
  'inbox-failed',
  'handler-failed',
  'budget-spent',
  'conflict',
])
