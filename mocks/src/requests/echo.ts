import { decodeBase64, encodeBase64, utf8 } from '@wechatpay-entrust/base'
import type { JsonSchema } from '@wechatpay-entrust/core'
import type { Notifier } from '../notifications/notifier.ts'
import type { Identity, Signer } from '../platform/identity.ts'
import type { PlatformSource } from '../platform/platform.ts'
import { paramError } from './error-response.ts'
import type { Act } from './respond.ts'
import { readJson } from './validate.ts'

/**
 * 商户签名验签/加解密测试: not part of the family, so not in the spec. `doctor --echo` of the command line
 * calls it.
 */
export const echoPath = '/v3/security/echo'

export interface EchoParts {
  readonly identity: Identity
  readonly platform: PlatformSource
  readonly notifier: Notifier
}

interface EchoBody {
  readonly echo_message: string
  readonly encrypted_echo_message?: string
  readonly notify_url?: string
}

/** The lengths are not documented. */
const schema: JsonSchema = {
  type: 'object',
  required: ['echo_message'],
  properties: {
    echo_message: { type: 'string', minLength: 1 },
    encrypted_echo_message: { type: 'string', minLength: 1 },
    notify_url: {
      type: 'string',
      pattern: '^[Hh][Tt][Tt][Pp][Ss]://[^?#\\s]+$',
      'x-pattern-says': 'an https address without query',
      'x-loopback-http': true,
    },
  },
}

/**
 * Returns a text. A text that was encrypted with the platform's key is returned encrypted with the
 * merchant's, and also sent as a notification `SECURITY_ECHO.SUCCESS` if there is a `notify_url`.
 *
 * https://pay.weixin.qq.com/doc/v3/partner/4015139289
 * https://pay.weixin.qq.com/doc/v3/partner/4019605946
 */
export function createEcho({ identity, platform, notifier }: EchoParts): Act {
  return async (signer, { body }) => {
    const { echo_message, encrypted_echo_message, notify_url } = readJson(schema, body) as EchoBody
    const secret =
      encrypted_echo_message === undefined
        ? undefined
        : await decrypt(encrypted_echo_message, signer)
    if (notify_url !== undefined) {
      void notifier.notify({
        url: notify_url,
        event_type: 'SECURITY_ECHO.SUCCESS',
        summary: '回调通知成功',
        original_type: 'security',
        associated_data: '',
        // The documents name this one field differently than in the call.
        resource: {
          echo_message,
          ...(secret && { encrypt_echo_message: await seal(secret, identity) }),
        },
        signer: platform.notificationSigner(signer),
      })
    }
    const sealed = secret && { encrypted_echo_message: await seal(secret, identity) }
    return { status: 200, body: { echo_message, ...sealed } }
  }
}

/** A call uses one key for signature and encryption: the one that `Wechatpay-Serial` names. */
async function decrypt(text: string, { key }: Signer): Promise<Uint8Array> {
  try {
    return await key.decrypt(decodeBase64(text) ?? utf8(''))
  } catch {
    const issue = 'is not encrypted with the key that Wechatpay-Serial names'
    throw paramError({ field: '/encrypted_echo_message', value: text, issue, location: 'body' })
  }
}

const seal = async (secret: Uint8Array, { merchant }: Identity) =>
  encodeBase64(await merchant.publicKey.encrypt(secret))
