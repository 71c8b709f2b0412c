import { type ApiV3Keys, importApiV3Keys } from '@wechatpay-entrust/auth'
import { type AeadKey, type OpenInput, randomHex } from '@wechatpay-entrust/auth/crypto'
import {
  decodeBase64,
  encodeBase64,
  isPending,
  type MaybePromise,
  publicUtf8,
} from '@wechatpay-entrust/base'
import { NotificationError, type RejectionCode } from '../errors.ts'

const algorithm = 'AEAD_AES_256_GCM'
const nonceLength = 12
const tagLength = 16

/**
 * Something sealed with the APIv3 key, as a notification's `resource` and a downloaded
 * certificate's `encrypt_certificate` carry it.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export interface SealedResource {
  readonly algorithm: string
  /** 12 bytes of text, not base64. */
  readonly nonce: string
  /** Absent counts as empty. */
  readonly associated_data?: string
  /** base64 of the ciphertext and, after it, the tag of 16 bytes. */
  readonly ciphertext: string
  readonly original_type?: string
}

/**
 * Opens a sealed resource and returns its bytes, only if the tag holds under one of the keys, tried
 * in their order. It proves that whoever sealed it has the APIv3 key; for a notification use {@link
 * receiveNotification}, which also proves that it is WeChat Pay's and fresh.
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

/** The same, at once where the key opens at once. */
export function openWith(resource: SealedResource, { ring }: ApiV3Keys): MaybePromise<Uint8Array> {
  // The key says what it is for; a resource that names another algorithm is not tried.
  const fitting = ring.filter((key) => (key.algorithm ?? algorithm) === resource.algorithm)
  if (fitting.length === 0) {
    const names = [...new Set(ring.map((key) => key.algorithm ?? algorithm))]
    throw malformed('unsupported-algorithm', 'algorithm', 'another value', names.join(' or '))
  }
  return openWithOne(fitting, readSealed(resource))
}

function openWithOne(
  keys: readonly AeadKey[],
  sealed: OpenInput,
  index = 0,
): MaybePromise<Uint8Array> {
  const key = keys[index]
  if (key === undefined) {
    throw new NotificationError(
      'not-openable',
      `The resource opens with none of the ${keys.length} APIv3 key(s) given. If every notification is refused so, the key ` +
        'differs from the one on the merchant platform: give that one, and the previous one after it while it changes.',
    )
  }
  // The lengths have been checked, so all that can fail is a tag that does not hold: another key
  // may be the one.
  const openWithNext = () => openWithOne(keys, sealed, index + 1)
  let opened: MaybePromise<Uint8Array>
  try {
    opened = key.open(sealed)
  } catch {
    return openWithNext()
  }
  return isPending(opened) ? opened.then(undefined, openWithNext) : opened
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
      typeof associated_data,
      'text, or none at all',
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
  return new NotificationError(
    code,
    `resource.${field}: found ${found}; expected ${expected}. Pass the resource as it came; a genuine one has this form.`,
  )
}

/** What to seal, for {@link sealResource}. */
export interface SealOptions {
  readonly plaintext: Uint8Array
  readonly associated_data: string
  readonly original_type?: string
  /** Of several, the first one seals. */
  readonly apiV3Key: string | readonly string[] | ApiV3Keys
  /** 12 ASCII characters. Default: random ones; never use one twice with a key. */
  readonly nonce?: string
}

/**
 * Seals bytes as WeChat Pay does, for a mock or a test.
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
