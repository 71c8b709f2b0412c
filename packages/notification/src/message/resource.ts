import { type ApiV3Keys, importApiV3Keys } from '@wechatpay-entrust/auth'
import { type AeadKey, type OpenInput, randomHex } from '@wechatpay-entrust/auth/crypto'
import {
  decodeBase64,
  describeType,
  encodeBase64,
  isPending,
  type MaybePromise,
  publicUtf8,
} from '@wechatpay-entrust/base'
import type { RejectionCode } from '../errors/error-codes.ts'
import { NotificationError } from '../errors/notification-error.ts'

const algorithm = 'AEAD_AES_256_GCM'
const nonceLength = 12
const tagLength = 16

/**
 * Data encrypted with the APIv3 key: a notification's `resource`, or the `encrypt_certificate` of a
 * downloaded certificate.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export interface SealedResource {
  readonly algorithm: string
  /** Text of 12 bytes, not base64. */
  readonly nonce: string
  /** Default: the empty string. */
  readonly associated_data?: string
  /** Base64 of the ciphertext followed by the tag of 16 bytes. */
  readonly ciphertext: string
  readonly original_type?: string
}

/**
 * Decrypts a resource and returns its bytes, but only if the tag is valid with one of the keys. The
 * keys are tried in order. A valid tag proves only that the sender has the APIv3 key. For a
 * notification use {@link receiveNotification}: it also proves that WeChat Pay sent it, and when.
 *
 * @throws {NotificationError} `unsupported-algorithm`, `malformed-nonce`, `malformed-ciphertext`,
 *   `malformed-associated-data`, `not-openable`
 * @throws {ConfigurationError} `not-text`, `malformed-api-v3-key`
 *
 * @example
 * ```ts
 * import { openResource } from '@wechatpay-entrust/notification'
 *
 * const bytes = await openResource(
 *   { algorithm: 'AEAD_AES_256_GCM', nonce: 'uluk4a9R25RW', associated_data: 'associatedData', ciphertext: 'ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=' },
 *   'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb',
 * ) // the bytes of "message"
 * ```
 */
export async function openResource(
  resource: SealedResource,
  keys: string | readonly string[] | ApiV3Keys,
): Promise<Uint8Array> {
  return openWith(resource, importApiV3Keys(keys))
}

/** Like {@link openResource}, but returns at once if the key decrypts synchronously. */
export function openWith(resource: SealedResource, { ring }: ApiV3Keys): MaybePromise<Uint8Array> {
  // The key decides the algorithm. A resource that names another one is not decrypted.
  const matching = ring.filter((key) => (key.algorithm ?? algorithm) === resource.algorithm)
  if (matching.length === 0) {
    const names = [...new Set(ring.map((key) => key.algorithm ?? algorithm))]
    throw malformed('unsupported-algorithm', 'algorithm', 'another value', names.join(' or '))
  }
  return tryKeys(matching, readSealed(resource))
}

function tryKeys(keys: readonly AeadKey[], sealed: OpenInput, index = 0): MaybePromise<Uint8Array> {
  const key = keys[index]
  if (key === undefined) {
    throw new NotificationError(
      'not-openable',
      `resource.ciphertext: found data that none of the ${keys.length} given APIv3 key(s) decrypts; expected data encrypted with one of them.`,
    )
  }
  // The lengths are already checked, so only the tag can be wrong. Another key may be the right
  // one.
  const tryNextKey = () => tryKeys(keys, sealed, index + 1)
  let opened: MaybePromise<Uint8Array>
  try {
    opened = key.open(sealed)
  } catch {
    return tryNextKey()
  }
  return isPending(opened) ? opened.then(undefined, tryNextKey) : opened
}

function readSealed(resource: SealedResource | Readonly<Record<keyof SealedResource, unknown>>) {
  const nonce = typeof resource.nonce === 'string' ? publicUtf8(resource.nonce) : undefined
  if (nonce?.length !== nonceLength) {
    throw malformed('malformed-nonce', 'nonce', bytes(nonce), `text of ${nonceLength} bytes`)
  }
  const ciphertext =
    typeof resource.ciphertext === 'string' ? decodeBase64(resource.ciphertext) : undefined
  if (ciphertext === undefined || ciphertext.length < tagLength) {
    throw malformed(
      'malformed-ciphertext',
      'ciphertext',
      bytes(ciphertext),
      `strict base64 of ${tagLength} bytes or more`,
    )
  }
  const { associated_data = '' } = resource
  if (typeof associated_data !== 'string') {
    throw malformed(
      'malformed-associated-data',
      'associated_data',
      describeType(associated_data),
      'text, or none',
    )
  }
  return { nonce, associatedData: publicUtf8(associated_data), ciphertext }
}

const bytes = (found: Uint8Array | undefined) =>
  found === undefined ? 'something else' : `${found.length} bytes`

function malformed(
  code: RejectionCode,
  field: string,
  found: string,
  expected: string,
): NotificationError {
  return new NotificationError(code, `resource.${field}: found ${found}; expected ${expected}.`)
}

/** Options of {@link sealResource}. */
export interface SealOptions {
  readonly plaintext: Uint8Array
  readonly associated_data: string
  readonly original_type?: string
  /** Of several keys, the first one encrypts. */
  readonly apiV3Key: string | readonly string[] | ApiV3Keys
  /** 12 ASCII characters. Default: random. Never use a nonce twice with the same key. */
  readonly nonce?: string
}

/**
 * Encrypts bytes as WeChat Pay does, for a mock or a test.
 *
 * @throws {ConfigurationError} `not-text`, `malformed-api-v3-key`
 */
export async function sealResource({
  plaintext,
  apiV3Key,
  ...labels
}: SealOptions): Promise<SealedResource> {
  const [key] = importApiV3Keys(apiV3Key).ring
  const { associated_data, original_type, nonce = randomHex(nonceLength / 2) } = labels
  const sealed = await key.seal({
    nonce: publicUtf8(nonce),
    associatedData: publicUtf8(associated_data),
    plaintext,
  })
  const ciphertext = encodeBase64(sealed)
  const names = {
    algorithm: key.algorithm ?? algorithm,
    ...(original_type !== undefined && { original_type }),
  }
  return { ...names, ciphertext, associated_data, nonce }
}
