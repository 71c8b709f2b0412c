import { utf8 } from '@wechatpay-entrust/base'
import { importRsaPrivateKey } from '../crypto/index.ts'
import { createSigningFetch } from '../fetch/signing-fetch.ts'
import { createCredentials } from '../keys/credentials.ts'
import { createPlatformKeys } from '../keys/platform-keys.ts'
import { signMessage } from '../signatures/message-signature.ts'
import { testingKeys } from './vectors.ts'

const { merchant, platform } = testingKeys
const { mchid, serialNumber, privateKey } = merchant

export const credentials = createCredentials({ mchid, serialNumber, privateKey })
export const platformKeys = createPlatformKeys({ platformCertificates: [platform.certificate] })
export const url = 'https://api.mch.weixin.qq.com/v3/some/path?a=1%202'

/** The headers of a body that the platform signed. */
export const signed = (body: Uint8Array, clock = Date.now) =>
  signMessage(body, {
    key: importRsaPrivateKey(platform.privateKey),
    serialNumber: platform.serialNumber,
    clock,
  })

/** A fetch that responds with the given body, signed unless `sign` is false. */
export function responding(
  text: string,
  { status = 200, sign = true, headers = {} as Record<string, string> } = {},
) {
  const sent: Request[] = []
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    sent.push(new Request(input, init))
    const body = utf8(text)
    const response = {
      status,
      headers: { ...(sign && (await signed(body))), 'Request-ID': 'R-1', ...headers },
    }
    return new Response(status === 204 ? null : (body as Uint8Array<ArrayBuffer>), response)
  }
  return { sent, fetch, signingFetch: createSigningFetch({ credentials, platformKeys, fetch }) }
}
