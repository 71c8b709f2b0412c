import { createPrivateKey } from 'node:crypto'
import { createCredentials } from '@wechatpay-entrust/auth'
import { operationExamples } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { expect, test } from 'vitest'
import { createWeChatPay, type WeChatPayEvent } from './index.ts'

const { json } = operationExamples.qsMiniProgramPreEntrustSign.args

test('credentials from a function: the merchant certificate changes between two requests, without a restart', async () => {
  const mock = createMock()
  const { mchid, serialNumber, privateKey, ...rest } = mock.merchant
  const current = createCredentials({ mchid, serialNumber, privateKey })
  const next = { ...current, serialNumber: 'B0B' }
  let given = next
  const sent: (string | null)[] = []
  const wechatpay = createWeChatPay({
    ...rest,
    mchid,
    credentials: async () => given,
    fetch(input, init) {
      sent.push(new Headers(init?.headers).get('authorization'))
      return mock.fetch(input, init)
    },
  })
  await expect(wechatpay.getCertificates({})).rejects.toMatchObject({
    signError: { cause: 'private-key' },
  })
  given = current
  expect((await wechatpay.getCertificates({})).data.data).toHaveLength(1)
  expect(sent.map((header) => /serial_no="(\w+)"/.exec(header ?? '')?.[1])).toEqual([
    'B0B',
    serialNumber,
  ])
})

test('credentials must have the mchid of the options and no key beside them; a value works too', async () => {
  const mock = createMock()
  const { mchid, serialNumber, privateKey, ...rest } = mock.merchant
  const options = { ...rest, mchid, fetch: mock.fetch }
  const credentials = createCredentials({ mchid, serialNumber, privateKey })
  const other = createCredentials({ mchid: '1900000999', serialNumber, privateKey })
  await createWeChatPay({ ...options, credentials }).getCertificates({})
  const mismatch = expect.objectContaining({
    name: 'ConfigurationError',
    code: 'mismatched-mchid',
    slot: 'credentials',
  })
  expect(() => createWeChatPay({ ...options, credentials: other })).toThrow(mismatch)
  for (const source of [() => other, async () => other])
    await expect(
      createWeChatPay({ ...options, credentials: source }).getCertificates({}),
    ).rejects.toEqual(mismatch)
  for (const extra of [{ privateKey }, { serialNumber }, { certificate: '' }])
    expect(() => createWeChatPay({ ...options, credentials, ...extra })).toThrow(
      expect.objectContaining({ code: 'duplicate-key', slot: 'credentials' }),
    )
  expect(() => createWeChatPay({ ...options, credentials, mchid: '"' })).toThrow(
    expect.objectContaining({ code: 'malformed-mchid' }),
  )
})

test('private keys as KeyObject and CryptoKey, and line ends escaped as in an environment variable, all sign', async () => {
  const mock = createMock()
  const keyObject = createPrivateKey(mock.merchant.privateKey)
  const der = keyObject.export({ type: 'pkcs8', format: 'der' }) as Buffer<ArrayBuffer>
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const cryptoKey = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
  const escaped = mock.merchant.privateKey.replaceAll('\n', '\\n')
  for (const privateKey of [keyObject, cryptoKey, escaped]) {
    const wechatpay = createWeChatPay({ ...mock.merchant, privateKey, fetch: mock.fetch })
    expect((await wechatpay.getCertificates({})).response.status).toBe(200)
  }
})

test('a failure before sending: nothing was sent, and another attempt is made on the same host', async () => {
  const mock = createMock()
  const { serialNumber, privateKey, publicKey, ...merchant } = mock.merchant
  const path = { service_id: json.service_id, out_contract_code: json.out_contract_code }
  const failure = new Error('HSM gone, session 1234')
  const throws = () => {
    throw failure
  }
  const ways: [object, RegExp][] = [
    [{ serialNumber, publicKey, privateKey: { sign: throws } }, /privateKey\.sign threw/],
    [
      { serialNumber, publicKey, privateKey: { sign: async () => throws() } },
      /privateKey\.sign threw/,
    ],
    [{ publicKey, credentials: throws }, /`credentials` threw/],
    [{ publicKey, credentials: async () => throws() }, /`credentials` threw/],
    [
      { serialNumber, privateKey, platformCertificates: 'download', fetch: async () => throws() },
      /platform certificates are needed first/,
    ],
  ]
  for (const [options, expected] of ways) {
    const hosts: string[] = []
    const onEvent = (event: WeChatPayEvent) =>
      void (event.type === 'attempt' && hosts.push(event.host))
    const given = {
      fetch: mock.fetch,
      ...merchant,
      platformCertificates: undefined,
      ...options,
      onEvent,
    }
    const wechatpay = createWeChatPay(given as Parameters<typeof createWeChatPay>[0])
    const call = wechatpay.terminateContractByCode({
      path,
      json: { contract_termination_remark: '用户解约' },
    })
    const error = await call.catch((reason: unknown) => reason)
    wechatpay.close()
    expect(error).toMatchObject({
      code: 'NOT_SENT',
      outcome: 'failed',
      retryable: true,
      cause: failure,
    })
    expect((error as Error).message).toMatch(expected)
    expect((error as Error).message).not.toContain('1234')
    expect(new Set(hosts)).toEqual(new Set(['api.mch.weixin.qq.com']))
    expect(hosts).toHaveLength(3)
  }
  expect(mock.requests()).toEqual([])
})

test('a credentials function that returns something without sign is an error in its own slot', async () => {
  const mock = createMock()
  const { serialNumber, privateKey, ...merchant } = mock.merchant
  const ways: [object, string][] = [
    [{ serialNumber, privateKey: { sign: () => 'c2lnbmF0dXJl' } }, 'privateKey.sign'],
    [{ serialNumber, privateKey: { sign: () => new Uint8Array() } }, 'privateKey.sign'],
    [{ credentials: () => undefined }, 'credentials'],
    [
      { credentials: async () => ({ mchid: merchant.mchid, serialNumber, privateKey }) },
      'credentials',
    ],
  ]
  for (const [options, slot] of ways) {
    const given = { ...merchant, ...options, fetch: mock.fetch } as Parameters<
      typeof createWeChatPay
    >[0]
    const error = await createWeChatPay(given)
      .getCertificates({})
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'unusable-key', slot })
    expect((error as Error).message).not.toContain('c2ln')
  }
})
