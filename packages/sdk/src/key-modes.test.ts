import { execFile } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { createCredentials } from '@wechatpay-entrust/auth'
import { createMock } from '@wechatpay-entrust/mock'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { expect, test } from 'vitest'
import {
  acceptedResponse,
  type ContractNotification,
  createWeChatPay,
  type QsMiniProgramPreEntrustSignRequest,
  type WeChatPay,
  type WeChatPayEvent,
} from './index.ts'

const json: QsMiniProgramPreEntrustSignRequest = JSON.parse(
  readFileSync(
    new URL(
      '../../../spec/examples/qs-mini-program-pre-entrust-sign.request.json',
      import.meta.url,
    ),
    'utf8',
  ),
)

/** The mock's user signs a contract, and the notification is delivered to the client. */
async function signOnce(options: object, notificationKey?: 'certificate' | 'publicKey') {
  const received: ContractNotification[] = []
  const events: WeChatPayEvent[] = []
  const mock = createMock({
    notificationKey,
    async deliver({ url, headers, body }) {
      const request = new Request(url, { method: 'POST', headers, body: body as BodyInit })
      received.push(await wechatpay.receiveNotification(request))
      return acceptedResponse.status
    },
  })
  const serials: (string | null)[] = []
  const { publicKey, ...merchant } = mock.merchant
  const wechatpay: WeChatPay = createWeChatPay({
    ...merchant,
    fetch(input, init) {
      serials.push(new Headers(init?.headers).get('wechatpay-serial'))
      return mock.fetch(input, init)
    },
    onEvent: (event) => events.push(event),
    ...('publicKey' in options && { publicKey }),
    ...options,
  } as Parameters<typeof createWeChatPay>[0])
  const { data } = await wechatpay.qsMiniProgramPreEntrustSign({ json })
  await mock.user.signs(data)
  wechatpay.close()
  wechatpay.close()
  return { received, events, serials, mock }
}

test('certificates are downloaded before the first request, which then names one; close ends it', async () => {
  const { received, events, serials, mock } = await signOnce({ platformCertificates: 'download' })
  const serial = '4D4F434B504C4154464F524D0000000000000001'
  expect(serials).toEqual([null, serial])
  expect(received).toMatchObject([{ kind: 'signed' }])
  expect(events.map(({ type }) => type)).toEqual([
    'certificates:refreshed',
    'attempt',
    'notification:accepted',
  ])
  expect(events[0]).toEqual({ type: 'certificates:refreshed', serials: [serial] })
  expect(mock.requests().map(({ status }) => status)).toEqual([200, 200])
})

test.each(['certificate', 'publicKey'] as const)(
  'while switching to the public key, a notification signed with the %s is taken: each by the key that it names (T-06)',
  async (notificationKey) => {
    const { publicKey } = createMock().merchant
    for (const platformCertificates of ['download', createMock().merchant.platformCertificates]) {
      const { received, serials } = await signOnce(
        { publicKey, platformCertificates },
        notificationKey,
      )
      expect(received).toMatchObject([{ kind: 'signed' }])
      expect(new Set(serials)).toEqual(new Set([publicKey.id]))
    }
  },
)

test('an account without certificates gets an error that asks for the public key, before its request is sent', async () => {
  const mock = createMock()
  const paths: string[] = []
  const { publicKey: _, ...merchant } = mock.merchant
  const wechatpay = createWeChatPay({
    ...merchant,
    platformCertificates: 'download',
    async fetch(input) {
      paths.push(new URL(String(input)).pathname)
      return new Response('{"code":"RESOURCE_NOT_EXISTS","message":"无可用的平台证书"}', {
        status: 404,
      })
    },
  })
  const error = await wechatpay
    .qsMiniProgramPreEntrustSign({ json })
    .catch((reason: unknown) => reason)
  wechatpay.close()
  expect(error).toMatchObject({ name: 'ConfigurationError', code: 'certificates-unavailable' })
  expect((error as Error).message).toContain('give publicKey { id, pem }')
  expect(paths).toEqual(['/v3/certificates'])
})

test('after close nothing is downloaded any more', async () => {
  const { publicKey: _, ...merchant } = createMock().merchant
  let sent = 0
  const fetch = () => {
    sent += 1
    return Promise.reject(new TypeError('fetch failed'))
  }
  const wechatpay = createWeChatPay({
    ...merchant,
    platformCertificates: 'download',
    fetch,
    maxAttempts: 1,
  })
  wechatpay.close()
  const error = await wechatpay.getCertificates({}).catch((reason: unknown) => reason)
  expect(error).toMatchObject({
    code: 'NOT_SENT',
    cause: { message: expect.stringContaining('closed') },
  })
  expect(sent).toBe(0)
})

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
  const refused = expect.objectContaining({
    name: 'ConfigurationError',
    code: 'mismatched-mchid',
    slot: 'credentials',
  })
  expect(() => createWeChatPay({ ...options, credentials: other })).toThrow(refused)
  for (const late of [() => other, async () => other])
    await expect(
      createWeChatPay({ ...options, credentials: late }).getCertificates({}),
    ).rejects.toEqual(refused)
  for (const twice of [{ privateKey }, { serialNumber }, { certificate: '' }])
    expect(() => createWeChatPay({ ...options, credentials, ...twice })).toThrow(
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

test('a download of certificates uses the backup host as a call does, and none when it is off', async () => {
  const mock = createMock()
  const { publicKey: _, platformCertificates: __, ...merchant } = mock.merchant
  const ask = async (options: { readonly backupBaseUrl?: false }) => {
    const asked: string[] = []
    const wechatpay = createWeChatPay({
      ...{ ...merchant, ...options, platformCertificates: 'download', maxAttempts: 1 },
      async fetch(input, init) {
        const { host, pathname } = new URL(input instanceof Request ? input.url : input)
        asked.push(`${host}${pathname}`)
        if (asked.length === 1) throw new TypeError('fetch failed')
        return mock.fetch(input, init)
      },
    })
    const outcome = await wechatpay.getCertificates({}).then(
      () => 'answered',
      () => 'failed',
    )
    wechatpay.close()
    return [outcome, ...asked]
  }
  const [main, backup] = [
    'api.mch.weixin.qq.com/v3/certificates',
    'api2.mch.weixin.qq.com/v3/certificates',
  ]
  expect(await ask({})).toEqual(['answered', main, backup, main])
  expect(await ask({ backupBaseUrl: false })).toEqual(['failed', main])
})

test('a process that did not call close ends by itself: the timer does not keep it alive (T-38)', async () => {
  const server = await startMockServer()
  const script = `
    import { createWeChatPay } from 'wechatpay-entrust'
    const { publicKey, platformCertificates, ...merchant } = ${JSON.stringify(server.mock.merchant)}
    const wechatpay = createWeChatPay({ ...merchant, platformCertificates: 'download', baseUrl: '${server.baseUrl}' })
    const { data } = await wechatpay.getCertificates({})
    console.log(data.data.length)
  `
  try {
    const flags = [
      '--conditions=@wechatpay-entrust/source',
      '--input-type=module',
      '--eval',
      script,
    ]
    // Not synchronously: the server is in this process.
    const { stdout, stderr } = await promisify(execFile)(process.execPath, flags, {
      cwd: import.meta.dirname,
      timeout: 30_000,
    })
    expect({ stdout, stderr }).toEqual({ stdout: '1\n', stderr: '' })
  } finally {
    await server.close()
  }
})

test('a failure before sending: nothing was sent, and another attempt is made on the same host', async () => {
  const mock = createMock()
  const { serialNumber, privateKey, publicKey, ...merchant } = mock.merchant
  const path = { service_id: json.service_id, out_contract_code: json.out_contract_code }
  const gone = new Error('HSM gone, session 1234')
  const throws = () => {
    throw gone
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
  for (const [options, says] of ways) {
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
      cause: gone,
    })
    expect((error as Error).message).toMatch(says)
    expect((error as Error).message).not.toContain('1234')
    expect(new Set(hosts)).toEqual(new Set(['api.mch.weixin.qq.com']))
    expect(hosts).toHaveLength(3)
  }
  expect(mock.requests()).toEqual([])
})

test('a first download that does not verify: nothing was sent, and its status is not reported as that of the call', async () => {
  const mock = createMock()
  mock.faults.add({ operation: 'getCertificates', name: 'wrong-signature' })
  const { publicKey: _, ...merchant } = mock.merchant
  const attempts: WeChatPayEvent[] = []
  const onEvent = (event: WeChatPayEvent) => void (event.type === 'attempt' && attempts.push(event))
  const options = {
    ...merchant,
    platformCertificates: 'download',
    fetch: mock.fetch,
    onEvent,
    maxAttempts: 1,
  } as const
  const wechatpay = createWeChatPay(options)
  const path = { service_id: json.service_id, out_contract_code: json.out_contract_code }
  const call = wechatpay.terminateContractByCode({
    path,
    json: { contract_termination_remark: '用户解约' },
  })
  const error = await call.catch((reason: unknown) => reason)
  wechatpay.close()
  expect(error).toMatchObject({
    name: 'ApiError',
    code: 'NOT_SENT',
    outcome: 'failed',
    retryable: true,
  })
  expect(error).toMatchObject({
    status: undefined,
    cause: { name: 'SignatureError', code: 'mismatch', status: 200 },
  })
  expect((error as Error).message).toContain('certificate download was refused (mismatch)')
  expect(attempts).toMatchObject([{ operation: 'terminateContractByCode', code: 'NOT_SENT' }])
  expect(attempts[0]).not.toHaveProperty('status')
  expect(mock.requests().map(({ path: asked }) => asked)).toEqual(['/v3/certificates'])
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

test('the merchant certificate among the platform certificates is rejected (T-08)', () => {
  const { merchant } = createMock()
  const { platformCertificates } = merchant
  const serialNumber = '4d4f434b504c4154464f524d0000000000000001'
  for (const own of [serialNumber, serialNumber.toUpperCase()]) {
    const mixedUp = { ...merchant, platformCertificates, serialNumber: own }
    expect(() => createWeChatPay(mixedUp)).toThrow(
      /platformCertificates: found your own merchant certificate/,
    )
  }
})
