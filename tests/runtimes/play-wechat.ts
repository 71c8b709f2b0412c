import { importRsaPrivateKey, importRsaPublicKey } from '@wechatpay-entrust/auth/crypto'
import { signMessage, verifyRequest } from '@wechatpay-entrust/auth/platform'
import { utf8 } from '@wechatpay-entrust/base'
import presign from '../../spec/examples/qs-mini-program-pre-entrust-sign.200.json' with {
  type: 'json',
}
import keys from '../../spec/vectors/testing-keys.json' with { type: 'json' }

const { merchant, platform, other } = keys

/** Plays WeChat Pay in memory: verifies the request, then returns a signed response. */
export function playWeChat(fault?: 'unsigned' | 'changed' | 'other'): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const { pathname, search } = new URL(request.url)
    const body = new Uint8Array(await request.arrayBuffer())
    const authorization = new Headers(init?.headers ?? request.headers).get('authorization')
    const findKey = () => importRsaPublicKey(merchant.publicKey)
    await verifyRequest(
      { method: request.method, url: pathname + search, body, authorization },
      { findKey },
    )
    const sent = utf8(JSON.stringify(presign))
    const key = importRsaPrivateKey(fault === 'other' ? other.privateKey : platform.privateKey)
    const headers = await signMessage(sent, { key, serialNumber: platform.serialNumber })
    if (fault === 'changed') sent[5] = (sent[5] as number) ^ 1
    return new Response(sent as Uint8Array<ArrayBuffer>, fault === 'unsigned' ? {} : { headers })
  }
}
