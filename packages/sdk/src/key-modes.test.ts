import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { operationExamples } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { expect, test } from 'vitest'
import {
  acceptedResponse,
  type ContractNotification,
  createWeChatPay,
  type WeChatPay,
  type WeChatPayEvent,
} from './index.ts'

const { json } = operationExamples.qsMiniProgramPreEntrustSign.args

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

test('certificates are downloaded before the first request, which then names one; close stops the timer', async () => {
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
  'while switching to the public key, a notification signed with the %s is accepted: the key is the one that it names (T-06)',
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
  expect((error as Error).message).toContain('pass publicKey { id, pem }')
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

test('a download of certificates uses the backup host as a call does, and none when it is off', async () => {
  const mock = createMock()
  const { publicKey: _, platformCertificates: __, ...merchant } = mock.merchant
  const hostsAsked = async (options: { readonly backupBaseUrl?: false }) => {
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
      () => 'succeeded',
      () => 'failed',
    )
    wechatpay.close()
    return [outcome, ...asked]
  }
  const [main, backup] = [
    'api.mch.weixin.qq.com/v3/certificates',
    'api2.mch.weixin.qq.com/v3/certificates',
  ]
  expect(await hostsAsked({})).toEqual(['succeeded', main, backup, main])
  expect(await hostsAsked({ backupBaseUrl: false })).toEqual(['failed', main])
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
  expect((error as Error).message).toContain('certificate download was rejected (mismatch)')
  expect(attempts).toMatchObject([{ operation: 'terminateContractByCode', code: 'NOT_SENT' }])
  expect(attempts[0]).not.toHaveProperty('status')
  expect(mock.requests().map(({ path: asked }) => asked)).toEqual(['/v3/certificates'])
})

test('the merchant certificate among the platform certificates is rejected (T-08)', () => {
  const { merchant } = createMock()
  const { platformCertificates } = merchant
  const serialNumber = '4d4f434b504c4154464f524d0000000000000001'
  for (const own of [serialNumber, serialNumber.toUpperCase()]) {
    const swapped = { ...merchant, platformCertificates, serialNumber: own }
    expect(() => createWeChatPay(swapped)).toThrow(
      /platformCertificates: found your own merchant certificate/,
    )
  }
})
