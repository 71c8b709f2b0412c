import { createPrivateKey } from 'node:crypto'
import { inspect } from 'node:util'
import {
  createCredentials,
  createDownloadedKeys,
  createPlatformKeys,
  createSigningFetch,
  importApiV3Keys,
} from '@wechatpay-entrust/auth'
import { importRsaPrivateKey } from '@wechatpay-entrust/auth/crypto'
import { operationExamples } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { expect, test } from 'vitest'
import { createWeChatPay } from './index.ts'

const { json: example } = operationExamples.qsMiniProgramPreEntrustSign.args
const json = {
  ...example,
  openid: 'oCANARYopenid00000000000000',
  sub_openid: 'oCANARYsubopenid0000000000',
  contract_display_account: '金丝雀甲乙丙丁',
}
const mock = createMock()
const { mchid, serialNumber, privateKey, apiV3Key, publicKey, platformCertificates } = mock.merchant

/** Bytes as inspect and JSON print them: of a Buffer, of an ArrayBuffer, of a typed array. */
const byteForms = (bytes: Uint8Array) => {
  const hex = Buffer.from(bytes).toString('hex')
  return [hex, hex.replace(/..(?!$)/g, '$& '), bytes.join(', '), bytes.join(',')]
}
/** From the middle of the private exponent. */
const exponent = Buffer.from(
  String(createPrivateKey(privateKey).export({ format: 'jwk' }).d),
  'base64url',
).subarray(64, 72)

/** Each secret in every form that could be printed. */
const canaries = [
  apiV3Key,
  Buffer.from(apiV3Key).toString('base64'),
  ...byteForms(Buffer.from(apiV3Key).subarray(0, 12)),
  ...byteForms(exponent),
  ...privateKey.split('\n').slice(2, -3),
  json.openid,
  json.sub_openid,
  json.contract_display_account,
]

/** Everything that a logger may print of a value, with its causes and own properties. */
function printed(value: unknown): string {
  const parts = [
    inspect(value, {
      depth: null,
      showHidden: true,
      getters: true,
      maxArrayLength: null,
      maxStringLength: null,
    }),
    // The chain of a client accepts any property as a path: print it, but do not walk it.
    String(JSON.stringify(value)),
    typeof value === 'symbol' ? '' : String(value),
  ]
  for (let at: unknown = value; at instanceof Error; at = at.cause)
    parts.push(at.message, at.stack ?? '', String(at))
  return parts.join('\n')
}

function expectNoCanary(name: string, value: unknown) {
  const text = printed(value)
  for (const canary of canaries)
    expect(text.includes(canary), `${name} shows ${canary.slice(0, 6)}…`).toBe(false)
}

test('the canaries are found in a text that contains them: this test can fail (T-26, R10)', () => {
  for (const canary of canaries)
    expect(() => expectNoCanary('x', new Error('e', { cause: { canary } }))).toThrow()
})

test('credentials, keys, stores and clients show no secret, however they are printed (T-26, R10)', async () => {
  const credentials = createCredentials({ mchid, serialNumber, privateKey })
  const fixed = createPlatformKeys({ publicKey, platformCertificates, allowMockKeys: true })
  const downloaded = createDownloadedKeys({
    credentials,
    apiV3Key,
    fetch: mock.fetch,
    allowMockKeys: true,
  })
  await downloaded.refresh()
  const wechatpay = createWeChatPay({
    ...mock.merchant,
    platformCertificates: 'download',
    fetch: mock.fetch,
  })
  const things = {
    credentials,
    'private key': importRsaPrivateKey(privateKey),
    'APIv3 keys': importApiV3Keys([apiV3Key, 'x'.repeat(32)]),
    'fixed keys': fixed,
    'downloaded keys': downloaded,
    'a found key': await fixed.find(publicKey.id),
    'signing fetch': createSigningFetch({ credentials, platformKeys: fixed }),
    client: wechatpay,
    response: await wechatpay.getCertificates({}),
  }
  for (const [name, thing] of Object.entries(things)) expectNoCanary(name, thing)
  downloaded.close()
  wechatpay.close()
})

test('no error of a call shows a secret or a personal value, whatever went wrong (T-26, R10)', async () => {
  const faults = [
    'unsigned',
    'wrong-signature',
    'wrong-serial',
    'tampered-body',
    'html',
    'redirect',
    '500',
    '429',
    'signtest',
  ] as const
  for (const name of faults) {
    const faulty = createMock()
    faulty.faults.add({ operation: '*', name })
    const events: unknown[] = []
    const options = {
      ...faulty.merchant,
      fetch: faulty.fetch,
      maxAttempts: 1,
      onEvent: (event: unknown) => events.push(event),
    }
    const error = await createWeChatPay(options)
      .qsMiniProgramPreEntrustSign({ json })
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expectNoCanary(name, error)
    expectNoCanary(`${name}, events`, events)
  }
})

test('no rejection shows a secret: wrong key, echo of the body, network, certificates (T-26, R10)', async () => {
  const echo = async (_: unknown, init?: RequestInit) =>
    new Response(
      JSON.stringify({
        code: 'PARAM_ERROR',
        message: new TextDecoder().decode(init?.body as Uint8Array),
      }),
      {
        status: 400,
      },
    )
  const failureOf = async (options: object) =>
    createWeChatPay({ ...mock.merchant, maxAttempts: 1, ...options })
      .qsMiniProgramPreEntrustSign({ json })
      .catch((reason: unknown) => reason)
  const errors = {
    'wrong key': await failureOf({ fetch: mock.fetch, serialNumber: 'ABCD' }),
    echo: await failureOf({ fetch: echo }),
    network: await failureOf({ fetch: () => Promise.reject(new TypeError('fetch failed')) }),
    'wrong APIv3 key': await failureOf({
      fetch: mock.fetch,
      publicKey: undefined,
      platformCertificates: 'download',
      apiV3Key: [...apiV3Key].reverse().join(''),
    }),
  }
  for (const [name, error] of Object.entries(errors)) {
    expect(error, name).toBeInstanceOf(Error)
    expectNoCanary(name, error)
  }
})
