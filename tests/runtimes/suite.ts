import {
  createCredentials,
  createFieldDecryption,
  createFieldEncryption,
  createPlatformKeys,
  createSigningFetch,
  signRequest,
  verifyMessage,
} from '@wechatpay-entrust/auth'
import {
  importAeadKey,
  importRsaPrivateKey,
  importRsaPublicKey,
  sha256,
} from '@wechatpay-entrust/auth/crypto'
import { readP12 } from '@wechatpay-entrust/auth/p12'
import { requestText, verifyRequest } from '@wechatpay-entrust/auth/platform'
import {
  importSm2PrivateKey,
  importSm2PublicKey,
  importSm4ApiV3Key,
} from '@wechatpay-entrust/auth/sm'
import { decodeBase64, utf8 } from '@wechatpay-entrust/base'
import { importApiV3Keys, openResource } from '@wechatpay-entrust/notification'
import { buildNotification } from '@wechatpay-entrust/notification/platform'
import { createWeChatPay } from 'wechatpay-entrust'
import presign from '../../spec/examples/qs-mini-program-pre-entrust-sign.200.json' with {
  type: 'json',
}
import presignRequest from '../../spec/examples/qs-mini-program-pre-entrust-sign.request.json' with {
  type: 'json',
}
import aead from '../../spec/vectors/official-aead.json' with { type: 'json' }
import official from '../../spec/vectors/official-request-signatures.json' with { type: 'json' }
import response from '../../spec/vectors/official-response-signature.json' with { type: 'json' }
import sm from '../../spec/vectors/sm-testing.json' with { type: 'json' }
import keys from '../../spec/vectors/testing-keys.json' with { type: 'json' }
import type { Case } from './case.ts'
import { codeOf, equal } from './expect.ts'
import { playWeChat } from './play-wechat.ts'
import { wycheproof } from './wycheproof.ts'

const { merchant, platform, apiV3Key } = keys
const platformKeys = createPlatformKeys({ platformCertificates: [platform.certificate] })
const { mchid, serialNumber, privateKey } = merchant
const credentials = createCredentials({ mchid, serialNumber, privateKey })
const options = {
  mchid,
  serialNumber,
  privateKey,
  apiV3Key,
  platformCertificates: [platform.certificate],
}

/** The implementation that this runtime loaded: the one on `node:crypto` is synchronous. */
export const provider = (): 'node' | 'web' =>
  sha256(new Uint8Array()) instanceof Promise ? 'web' : 'node'

export const cases: readonly Case[] = [
  {
    name: 'the official request signatures verify over the text that we build',
    async run() {
      const key = importRsaPublicKey(official.publicKey)
      for (const { method, url, body, signature } of official.vectors) {
        const text = requestText(
          { method, url, body: utf8(body) },
          String(official.timestamp),
          official.nonce_str,
        )
        equal(await key.verify(text, bytes(signature)), true)
        equal(await key.verify(text.subarray(1), bytes(signature)), false)
      }
    },
  },
  {
    name: 'a request that we sign verifies as WeChat Pay verifies it, and not with another body',
    async run() {
      const request = { method: 'POST', url: '/v3/x?a=1', body: utf8('{"name":"微信代扣用户A"}') }
      const authorization = await signRequest(credentials, request)
      const findKey = () => importRsaPublicKey(merchant.publicKey)
      equal((await verifyRequest({ ...request, authorization }, { findKey })).mchid, merchant.mchid)
      const changed = { ...request, body: utf8('{}'), authorization }
      equal(await codeOf(() => verifyRequest(changed, { findKey })), 'mismatch')
    },
  },
  {
    name: 'the official response verifies at its time, not later, and not with a changed byte',
    async run() {
      const { headers, body, publicKey } = response
      const message = { headers, body: utf8(body) }
      const known = createPlatformKeys({
        publicKey: { id: headers['Wechatpay-Serial'], pem: publicKey },
      })
      const at = (seconds: number) => ({ platformKeys: known, clock: () => seconds * 1000 })
      const sent = Number(headers['Wechatpay-Timestamp'])
      equal((await verifyMessage(message, at(sent))).timestamp, sent)
      equal(await codeOf(() => verifyMessage(message, at(sent + 301))), 'stale-timestamp')
      const changed = { headers, body: utf8(body.replace('JyC', 'JyD')) }
      equal(await codeOf(() => verifyMessage(changed, at(sent))), 'mismatch')
    },
  },
  {
    name: 'the official resource opens, and not with one flipped bit',
    async run() {
      equal(text(await openResource(aead, aead.apiV3Key)), aead.plaintext)
      const changed = { ...aead, ciphertext: aead.ciphertext.replace(/^u/, 'v') }
      equal(
        await codeOf(() => openResource(changed, importApiV3Keys(aead.apiV3Key))),
        'not-openable',
      )
    },
  },
  {
    name: 'a short tag is rejected',
    async run() {
      const key = importAeadKey(utf8(apiV3Key))
      const nonce = utf8('0123456789ab')
      const associatedData = utf8('contract')
      const sealed = await key.seal({ nonce, associatedData, plaintext: utf8('plaintext') })
      equal(text(await key.open({ nonce, associatedData, ciphertext: sealed })), 'plaintext')
      const rejected = Promise.resolve().then(() =>
        key.open({ nonce, associatedData, ciphertext: sealed.slice(0, -4) }),
      )
      equal(await rejected.then(() => 'opened').catch(() => 'rejected'), 'rejected')
    },
  },
  {
    name: 'a sensitive field is encrypted and decrypted',
    async run() {
      const { encrypt, serialNumber } = await createFieldEncryption(platformKeys)
      equal(serialNumber, platform.serialNumber)
      equal(await createFieldDecryption(platform.privateKey).decrypt(await encrypt('张三')), '张三')
      equal(
        await codeOf(async () =>
          createFieldDecryption(merchant.privateKey).decrypt(await encrypt('张三')),
        ),
        'undecryptable-field',
      )
    },
  },
  {
    name: 'a notification is received, and a repeat with a changed body is not',
    async run() {
      const wechatpay = createWeChatPay(options)
      const { headers, body } = await buildNotification({
        id: 'd8a1c6b0-7f1e-5b1f-9d0a-3d3f0c6f2a11',
        event_type: 'ENTRUST.SIGN',
        original_type: 'contract',
        associated_data: 'contract',
        resource: { mchid: merchant.mchid, contract_id: '123124412412423431' },
        apiV3Key,
        key: importRsaPrivateKey(platform.privateKey),
        serialNumber: platform.serialNumber,
      })
      const request = (sent: Uint8Array) =>
        new Request('https://yourapp.com/notify', {
          method: 'POST',
          headers,
          body: sent as Uint8Array<ArrayBuffer>,
        })
      equal((await wechatpay.receiveNotification(request(body))).kind, 'signed')
      const changed = body.slice()
      changed[9] = (changed[9] as number) ^ 1
      equal(await codeOf(() => wechatpay.receiveNotification(request(changed))), 'mismatch')
      wechatpay.close()
    },
  },
  {
    name: 'the whole client: a call is checked, signed, sent, verified and typed',
    async run() {
      const wechatpay = createWeChatPay({ ...options, fetch: playWeChat() })
      const { data } = await wechatpay.qsMiniProgramPreEntrustSign({ json: presignRequest })
      equal(data.pre_entrustweb_id, presign.pre_entrustweb_id)
      const { v3 } = wechatpay
      const chained = await v3.passwordExemptContract.contracts.qs.preEntrustSign.miniProgram.post({
        json: presignRequest,
      })
      equal(chained.data.out_contract_code, presign.out_contract_code)
      const bad = { ...presignRequest, out_contract_code: 'a-b' }
      equal(await codeOf(() => wechatpay.qsMiniProgramPreEntrustSign({ json: bad })), 'pattern')
    },
  },
  {
    name: 'a 2xx that is unsigned, changed or signed by another is never returned',
    async run() {
      for (const [fault, code] of [
        ['unsigned', 'missing-header'],
        ['changed', 'mismatch'],
        ['other', 'mismatch'],
      ] as const) {
        const wechatpay = createWeChatPay({ ...options, fetch: playWeChat(fault) })
        equal(
          await codeOf(() => wechatpay.qsMiniProgramPreEntrustSign({ json: presignRequest })),
          code,
        )
      }
    },
  },
  {
    name: 'an abort ends a call that waits for its response',
    async run() {
      const controller = new AbortController()
      const fetch = () => new Promise<Response>(() => controller.abort(new Error('enough')))
      const signingFetch = createSigningFetch({ credentials, platformKeys, fetch })
      const call = signingFetch('https://api.mch.weixin.qq.com/v3/certificates', {
        signal: controller.signal,
      })
      equal(await call.then(() => 'resolved').catch((error: Error) => error.message), 'enough')
    },
  },
  {
    name: 'a wrong kind of key is rejected when it is imported',
    async run() {
      const mixedUp = { mchid, serialNumber, privateKey: merchant.certificate }
      equal(await codeOf(async () => createCredentials(mixedUp)), 'wrong-kind')
    },
  },
  {
    name: '国密: SM2 signs and verifies, SM4 opens the published resource',
    async run() {
      const signature = (await importSm2PrivateKey(sm.sm2.privateKey)).sign(utf8(sm.sm2.message))
      const key = await importSm2PublicKey(sm.sm2.publicKey)
      for (const one of [signature, bytes(sm.sm2.signature)]) {
        equal(key.verify(utf8(sm.sm2.message), one), true)
        equal(key.verify(utf8('another'), one), false)
      }
      const [{ apiV3Key, nonce, associatedData, ciphertext, plaintext }] = sm.sm4Gcm as [
        (typeof sm.sm4Gcm)[0],
      ]
      const resource = {
        algorithm: 'AEAD_SM4_GCM',
        nonce,
        associated_data: associatedData,
        ciphertext,
      }
      equal(text(await openResource(resource, await importSm4ApiV3Key(apiV3Key))), plaintext)
    },
  },
  {
    name: 'the reader of .p12 files loads its library, and rejects other files',
    async run() {
      equal(await codeOf(() => readP12(utf8(merchant.certificate), { mchid })), 'malformed-p12')
    },
  },
  ...wycheproof,
]

const text = (given: Uint8Array): string => new TextDecoder().decode(given)
const bytes = (base64: string): Uint8Array => decodeBase64(base64) as Uint8Array
