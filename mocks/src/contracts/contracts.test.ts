import { expect, test } from 'vitest'
import { createMock, type Mock, type MockOptions } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'
import {
  ask,
  contractPath,
  type HandResponse,
  isSignedBy,
  open,
  preSignBody,
  preSignPath,
} from '../testing/by-hand.ts'

const start = 1_800_000_000_000
const create = (options: MockOptions = {}) =>
  createMock({ clock: () => start, deliver: async () => 204, ...options })
const timestamp = start / 1000
const preSign = (
  mock: Mock,
  change: object = {},
  headers: Record<string, string> = {},
): Promise<HandResponse> =>
  ask(mock, {
    method: 'POST',
    target: preSignPath,
    body: JSON.stringify({ ...preSignBody, ...change }),
    headers,
    timestamp,
  })
const query = (mock: Mock) => ask(mock, { target: contractPath, timestamp })
const terminate = (mock: Mock) =>
  ask(mock, {
    method: 'POST',
    target: `${contractPath}/terminate`,
    body: '{"contract_termination_remark":"用户解约"}',
    timestamp,
  })

test('the pre-sign response has the six documented fields', async () => {
  const { status, json } = await preSign(create())
  expect(status).toBe(200)
  expect(json).toEqual({
    pre_entrustweb_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    mchid: mockKeys.mchid,
    service_id: 12535,
    out_contract_code: 'wxwtdk20200910100000',
    sign_mp_appid: 'wxbd687630cd02ce1d',
    sign_mp_path: 'pages/PwdExemptContract/index',
  })
})

test('a repeat with the same parameters, in any order, returns the same session', async () => {
  const mock = create()
  const first = await preSign(mock)
  const { openid, ...rest } = preSignBody
  const second = await ask(mock, {
    method: 'POST',
    target: preSignPath,
    body: JSON.stringify({ openid, ...rest }),
    timestamp,
  })
  expect(second.json).toEqual(first.json)
})

test('a repeat with other parameters gets 400 INVALID_REQUEST', async () => {
  const mock = create()
  await preSign(mock)
  const { status, json } = await preSign(mock, { contract_display_account: '另一个用户' })
  expect([status, json.code, json.message]).toEqual([
    400,
    'INVALID_REQUEST',
    '请求重入时参数与首次不一致',
  ])
})

test('the user signs, the query finds the contract, the merchant terminates it', async () => {
  const mock = create()
  const { pre_entrustweb_id } = (await preSign(mock, { sub_openid: 'sub' })).json
  expect((await query(mock)).status).toBe(404)
  await expect(mock.user.signs({ pre_entrustweb_id })).resolves.toEqual({
    pre_entrustweb_id,
    out_contract_code: preSignBody.out_contract_code,
    state: 'signed',
  })
  const { notify_url: _, sub_mchid: _sub, ...shown } = preSignBody
  const signed = {
    ...shown,
    mchid: mockKeys.mchid,
    sub_openid: 'sub',
    contract_id: expect.stringMatching(/^.{1,32}$/),
    contract_state: 'SIGNED',
    contract_signed_time: '2027-01-15T16:00:00+08:00',
  }
  expect((await query(mock)).json).toEqual(signed)
  expect(mock.contracts()).toEqual([signed])

  const terminated = await terminate(mock)
  expect(terminated.json).toEqual({
    mchid: mockKeys.mchid,
    service_id: 12535,
    out_contract_code: preSignBody.out_contract_code,
  })
  expect((await query(mock)).json).toEqual({
    ...signed,
    contract_state: 'TERMINATED',
    contract_terminate_info: {
      contract_termination_mode: 'MCH_API_TERMINATE',
      contract_terminated_time: '2027-01-15T16:00:00+08:00',
      contract_termination_remark: '用户解约',
    },
  })
})

test('a code with a contract cannot be pre-signed again, signed or terminated, and cannot be terminated twice', async () => {
  const mock = create()
  await mock.user.signs((await preSign(mock)).json)
  expect((await preSign(mock)).json.code).toBe('INVALID_REQUEST')
  expect((await terminate(mock)).status).toBe(200)
  const reused = await preSign(mock)
  expect([reused.status, reused.json.code, reused.json.message]).toEqual([
    400,
    'INVALID_REQUEST',
    '商户签约协议号已解约，无法重复使用',
  ])
  const again = await terminate(mock)
  expect([again.status, again.json.code]).toEqual([400, 'INVALID_REQUEST'])
  await expect(mock.terminate(preSignBody)).rejects.toMatchObject({
    name: 'MockStateError',
    code: 'CONFLICT',
  })
})

test('querying or terminating a contract that was never signed gets 404 RESOURCE_NOT_EXISTS, or the chosen error', async () => {
  for (const response of [await query(create()), await terminate(create())]) {
    expect([response.status, response.json.code]).toEqual([404, 'RESOURCE_NOT_EXISTS'])
  }
  const chosen = await query(
    create({ contractNotFound: { status: 403, code: 'CONTRACT_NOT_EXIST' } }),
  )
  expect([chosen.status, chosen.json.code]).toEqual([403, 'CONTRACT_NOT_EXIST'])
})

test("a session expires after two hours of the mock's clock", async () => {
  const mock = create()
  const { json } = await preSign(mock)
  await mock.clock.advance(7199)
  expect((await preSign(mock)).json).toEqual(json)
  await mock.clock.advance(1)
  await expect(mock.user.signs(json)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('expired'),
  })
  const renewed = await preSign(mock, { contract_display_account: '另一个用户' })
  expect(renewed.status).toBe(200)
  expect(renewed.json.pre_entrustweb_id).not.toBe(json.pre_entrustweb_id)
})

test('an abandoned session cannot be signed and sends no notification; by default its code can be used again', async () => {
  for (const unsignedCode of ['allow', 'refuse'] as const) {
    const mock = create({ unsignedCode })
    const { json } = await preSign(mock)
    await expect(mock.user.abandons(json.pre_entrustweb_id)).resolves.toMatchObject({
      state: 'abandoned',
    })
    await expect(mock.user.signs(json)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(mock.deliveries()).toEqual([])
    expect((await preSign(mock)).status).toBe(unsignedCode === 'allow' ? 200 : 400)
  }
})

test('an unknown session is rejected with NOT_FOUND', async () => {
  await expect(create().user.signs('x')).rejects.toMatchObject({
    name: 'MockStateError',
    code: 'NOT_FOUND',
  })
})

test('the contract has an openid even if the request had none, because the query always returns one', async () => {
  const mock = create()
  const { json } = await preSign(mock, { openid: undefined, sub_openid: 'sub' })
  await mock.user.signs(json)
  expect((await query(mock)).json).toMatchObject({
    openid: expect.stringMatching(/^oMOCK/),
    sub_openid: 'sub',
  })
})

test('the certificate list decrypts with the APIv3 key and has the certificate that signs', async () => {
  const { headers, body, json } = await ask(create(), { target: '/v3/certificates', timestamp })
  expect(
    isSignedBy(mockKeys.platform.certificate, mockKeys.platform.serialNumber, headers, body),
  ).toBe(true)
  const [entry] = json.data
  expect(entry).toMatchObject({
    serial_no: mockKeys.platform.serialNumber,
    effective_time: '2000-01-01T08:00:00+08:00',
    encrypt_certificate: {
      algorithm: 'AEAD_AES_256_GCM',
      associated_data: 'certificate',
      nonce: expect.stringMatching(/^.{12}$/),
    },
  })
  expect(open(entry.encrypt_certificate)).toBe(mockKeys.platform.certificate)
  expect(
    (await ask(create(), { target: '/v3/certificates?algorithm_type=SM2', timestamp })).json,
  ).toEqual({ data: [] })
  expect(
    (await ask(create(), { target: '/v3/certificates?algorithm_type=DSA', timestamp })).json.detail
      .location,
  ).toBe('query')
})

const { platform, publicKey } = mockKeys
test.each([
  ['absent', {}, platform.certificate, platform.serialNumber],
  ['empty', { 'Wechatpay-Serial': '' }, platform.certificate, platform.serialNumber],
  [
    'that of the certificate',
    { 'Wechatpay-Serial': platform.serialNumber },
    platform.certificate,
    platform.serialNumber,
  ],
  ['the public key id', { 'Wechatpay-Serial': publicKey.id }, publicKey.publicKey, publicKey.id],
])(
  'the response is signed with the right key when Wechatpay-Serial is %s',
  async (_case, serial, pem, name) => {
    const mock = create()
    for (const { headers, body } of [
      await preSign(mock, {}, serial as Record<string, string>),
      await preSign(mock, { appid: '' }, serial as Record<string, string>),
    ]) {
      expect(isSignedBy(pem, name, headers, body)).toBe(true)
    }
  },
)

test('two mocks share nothing, and reset forgets everything except the keys', async () => {
  const [one, other] = [create(), create()]
  const { json } = await preSign(one)
  await expect(other.user.signs(json)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await one.user.signs(json)
  await one.clock.advance(60)
  expect([other.contracts(), other.requests(), other.deliveries()]).toEqual([[], [], []])
  expect(other.clock.now()).toBe(start)

  const { merchant } = one
  one.reset()
  expect([one.contracts(), one.requests(), one.deliveries(), one.clock.now()]).toEqual([
    [],
    [],
    [],
    start,
  ])
  expect(one.merchant).toEqual(merchant)
  expect((await preSign(one)).status).toBe(200)
})

test('an invalid choice is rejected: it would silently mean the other one', () => {
  const wrong: [object, RegExp][] = [
    [
      { repeatedPreSign: 'new' },
      /repeatedPreSign: found "new"; expected one of same-session, new-session/,
    ],
    [{ unsignedCode: true }, /unsignedCode: found the boolean true; expected one of allow, refuse/],
    [
      { repeatedTermination: 'allow' },
      /repeatedTermination: found "allow"; expected one of refuse, accept/,
    ],
    [
      { contractNotFound: 404 },
      /contractNotFound: found the number 404; expected \{ status, code \}/,
    ],
    [{ codeInUse: { status: 200, code: 'X' } }, /codeInUse: found .*; expected \{ status, code \}/],
    [{ codeInUse: null }, /codeInUse: found null; expected \{ status, code \}/],
  ]
  for (const [options, message] of wrong) expect(() => createMock(options)).toThrow(message)
})
