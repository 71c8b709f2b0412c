import { expect, test } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { createMock, type MockOptions } from '../index.ts'
import {
  ask,
  contractPath,
  isSignedBy,
  open,
  preSignBody,
  preSignPath,
} from '../testing/by-hand.ts'
import { mockKeys } from './keys.ts'

const { platform, nextPlatform, publicKey } = mockKeys
const certificates = '/v3/certificates'

async function given(mock: ReturnType<typeof createMock>, headers: Record<string, string> = {}) {
  const response = await ask(mock, { target: certificates, headers })
  const serials = response.json.data?.map(({ serial_no }: { serial_no: string }) => serial_no)
  return { ...response, signer: response.headers.get('wechatpay-serial'), serials }
}

test('a certificate is published before it signs, signs after the rotation, and the old one goes last (T-07)', async () => {
  const mock = createMock()
  const [first, next] = [platform.serialNumber, nextPlatform.serialNumber]
  expect(await given(mock)).toMatchObject({ signer: first, serials: [first] })
  expect((await given(mock, { 'Wechatpay-Serial': next })).json.code).toBe('INVALID_REQUEST')

  mock.platform.publishCertificate()
  expect(await given(mock)).toMatchObject({ signer: first, serials: [first, next] })
  expect(await given(mock, { 'Wechatpay-Serial': next })).toMatchObject({
    status: 200,
    signer: next,
  })

  mock.platform.rotateCertificate()
  const { headers, body, json } = await given(mock)
  expect(isSignedBy(nextPlatform.certificate, next, headers, body)).toBe(true)
  expect(open(json.data[1].encrypt_certificate)).toBe(nextPlatform.certificate)
  expect(await given(mock, { 'Wechatpay-Serial': first })).toMatchObject({
    signer: first,
    serials: [first, next],
  })

  mock.platform.retireCertificate()
  expect(await given(mock)).toMatchObject({ serials: [next] })
  expect((await given(mock, { 'Wechatpay-Serial': first })).json.code).toBe('INVALID_REQUEST')
  for (const command of ['publishCertificate', 'rotateCertificate'] as const)
    expect(() => mock.platform[command]()).toThrow(expect.objectContaining({ code: 'CONFLICT' }))

  mock.reset()
  expect(await given(mock)).toMatchObject({ signer: first, serials: [first] })
  expect(() => mock.platform.retireCertificate()).toThrow(
    expect.objectContaining({ code: 'CONFLICT' }),
  )
})

test('for a merchant with only the public key, that key signs by default, and certificates are RESOURCE_NOT_EXISTS', async () => {
  const mock = createMock()
  mock.platform.usePublicKeyOnly()
  const { status, json, signer } = await given(mock)
  expect([status, json.code, signer]).toEqual([404, 'RESOURCE_NOT_EXISTS', publicKey.id])
  expect((await given(mock, { 'Wechatpay-Serial': platform.serialNumber })).json.code).toBe(
    'INVALID_REQUEST',
  )
})

test('the key of the notifications can be switched while the mock runs', async () => {
  const serials: (string | undefined)[] = []
  const mock = createMock({
    deliver: async ({ headers }) => serials.push(headers['Wechatpay-Serial']) && 204,
  })
  const sign = async (code: string) => {
    const body = JSON.stringify({ ...preSignBody, out_contract_code: code })
    await mock.user.signs((await ask(mock, { method: 'POST', target: preSignPath, body })).json)
  }
  await sign('A')
  mock.platform.signNotificationsWith(0.5)
  for (const code of ['B', 'C']) await sign(code)
  mock.platform.rotateCertificate()
  await sign('D')
  expect(serials).toEqual([
    platform.serialNumber,
    platform.serialNumber,
    publicKey.id,
    nextPlatform.serialNumber,
  ])
})

test('a forbidden operation responds with a signed NO_AUTH, which the client reports; permitted again, it works', async () => {
  const mock = createMock()
  const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
  mock.platform.forbid('getCertificates')
  const error = await wechatpay.getCertificates().catch((reason: unknown) => reason)
  expect(error).toMatchObject({
    name: 'ApiError',
    status: 403,
    code: 'NO_AUTH',
    verified: true,
    outcome: 'failed',
  })
  expect((await ask(mock, { target: contractPath })).status).toBe(404)
  mock.platform.permit('*')
  expect((await wechatpay.getCertificates()).response.status).toBe(200)
})

test('beyond the rate limit an operation responds with RATELIMIT_EXCEEDED and Retry-After, until time passes', async () => {
  const mock = createMock({ rateLimit: { requests: 2, seconds: 10 } })
  mock.clock.freeze()
  const statuses = async () => [
    (await given(mock)).status,
    (await given(mock)).status,
    (await given(mock)).status,
  ]
  expect(await statuses()).toEqual([200, 200, 429])
  expect((await ask(mock, { target: contractPath })).status).toBe(404)
  const { json, headers } = await given(mock)
  expect([json.code, headers.get('retry-after')]).toEqual(['RATELIMIT_EXCEEDED', '1'])
  await mock.clock.advance(10)
  expect((await given(mock)).status).toBe(200)
  mock.platform.limitRate(undefined)
  expect(await statuses()).toEqual([200, 200, 200])
})

/** Pre-signs once for each change; returns each status, code or session. */
async function preSigns(options: MockOptions, changes: readonly object[]) {
  const mock = createMock({ deliver: async () => 204, ...options })
  const outcomes: string[] = []
  for (const change of changes) {
    const body = JSON.stringify({ ...preSignBody, ...change })
    const { json } = await ask(mock, { method: 'POST', target: preSignPath, body })
    outcomes.push(json.code ?? json.pre_entrustweb_id)
  }
  return { mock, outcomes }
}

test('undocumented behaviour of the real service can be chosen: repeats, used codes, terminations', async () => {
  const same = await preSigns({}, [{}, {}])
  expect(same.outcomes[0]).toBe(same.outcomes[1])
  const other = await preSigns({ repeatedPreSign: 'new-session' }, [
    {},
    {},
    { notify_url: 'http://localhost/x' },
  ])
  expect(new Set(other.outcomes).size).toBe(3)
  expect(other.outcomes[2]).toBe('INVALID_REQUEST')
  const codeInUse = { status: 403, code: 'RESOURCE_ALREADY_EXISTS' }
  expect((await preSigns({ codeInUse }, [{}, { appid: 'wx2' }])).outcomes[1]).toBe(
    'RESOURCE_ALREADY_EXISTS',
  )

  for (const [repeatedTermination, status] of [
    ['refuse', 400],
    ['accept', 200],
  ] as const) {
    const { mock, outcomes } = await preSigns({ repeatedTermination }, [{}])
    await mock.user.signs(outcomes[0] ?? '')
    await mock.user.terminates(preSignBody)
    const target = `${contractPath}/terminate`
    const again = await ask(mock, {
      method: 'POST',
      target,
      body: '{"contract_termination_remark":"r"}',
    })
    expect([repeatedTermination, again.status]).toEqual([repeatedTermination, status])
  }
})

test('a failed signing sends no notification, and its code can be used again; the merchant can terminate too', async () => {
  const { mock, outcomes } = await preSigns({}, [{}])
  expect(await mock.user.fails(outcomes[0] ?? '')).toMatchObject({ state: 'failed' })
  expect([mock.deliveries(), mock.sessions()]).toMatchObject([[], [{ state: 'failed' }]])
  const body = JSON.stringify(preSignBody)
  const { json } = await ask(mock, { method: 'POST', target: preSignPath, body })
  await mock.user.signs(json)
  const { contract_terminate_info } = await mock.terminate(preSignBody, 'merchant')
  expect(contract_terminate_info?.contract_termination_mode).toBe('MCH_API_TERMINATE')
  expect(mock.sessions().map(({ state }) => state)).toEqual(['failed', 'signed'])
})
