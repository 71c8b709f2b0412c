// Every row of the spec's error tables: the mock responds with it, for a real cause if there is one,
// and the client's error has the text of the table.
import { readFileSync } from 'node:fs'
import type { Remedy } from '@wechatpay-entrust/base'
import type {
  ApiError,
  ApiResponse,
  CallOptions,
  DocumentedErrorCode,
  OperationId,
} from '@wechatpay-entrust/core'
import { operationExamples, spec } from '@wechatpay-entrust/core/spec'
import { expect, test } from 'vitest'
import { createWeChatPay, type WeChatPayOptions } from 'wechatpay-entrust'
import { createMock, type Mock, type MockOptions } from '../index.ts'

type Table = typeof spec.operations
type Row = Table[OperationId]['errors'][number]
type Args = { readonly json?: object; readonly path?: object; readonly query?: object }
type Call = (args: Args, options?: CallOptions) => Promise<ApiResponse<unknown>>
interface Scene {
  readonly mock: Mock
  readonly id: OperationId
  /** Calls the operation with the spec's example; a part that is given replaces the example's. */
  call(change?: Args, client?: Partial<WeChatPayOptions>): Promise<unknown>
  /** Has a contract signed, under the example's code if no other is given. */
  signContract(under?: typeof key): Promise<void>
}

const key = { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' }
const otherKey: string = JSON.parse(
  readFileSync(new URL('../../../spec/vectors/testing-keys.json', import.meta.url), 'utf8'),
).other.privateKey

function setScene(id: OperationId, options: MockOptions = {}): Scene {
  const mock = createMock({ deliver: async () => 204, ...options })
  const callAs = (
    called: OperationId,
    change: Args = {},
    client: Partial<WeChatPayOptions> = {},
  ) => {
    const wechatpay = createWeChatPay({
      ...mock.merchant,
      fetch: mock.fetch,
      maxAttempts: 1,
      ...client,
    })
    const args = { ...(operationExamples[called].args as Args), ...change }
    return (wechatpay[called] as Call)(args, { checkRequest: false })
  }
  return {
    mock,
    id,
    call: (change, client) => callAs(id, change, client),
    async signContract(under = key) {
      const id = 'qsMiniProgramPreEntrustSign'
      await callAs(id, changed(id, under))
      await mock.user.signs(under)
    },
  }
}

const effectOf = (id: OperationId) => spec.operations[id].effect
const changed = (id: OperationId, change: object): Args => ({
  json: { ...(operationExamples[id].args as Args).json, ...change },
})

/**
 * How each code comes about. A code that is new in the spec does not compile until it has a cause
 * here.
 */
const causes: { readonly [Code in DocumentedErrorCode]: (scene: Scene) => Promise<unknown> } = {
  PARAM_ERROR({ id, call }) {
    if (effectOf(id) === 'pre-sign') return call(changed(id, { service_id: '12535' }))
    if (effectOf(id) === 'order') return call(changed(id, { amount: { total: 0 } }))
    if (effectOf(id) === 'certificates') return call({ query: { algorithm_type: 'DES' } })
    return call({ path: { ...key, out_contract_code: 'a-b' } })
  },
  async INVALID_REQUEST({ id, mock, call, signContract }) {
    const { pem } = mock.merchant.publicKey
    if (effectOf(id) === 'pre-sign') {
      await call()
      return call(changed(id, { contract_display_account: '另一个用户' }))
    }
    if (effectOf(id) === 'order') {
      await call()
      return call(changed(id, { amount: { total: 200 } }))
    }
    if (effectOf(id) !== 'terminate')
      return call({}, { publicKey: { id: `PUB_KEY_ID_${'9'.repeat(32)}`, pem } })
    await signContract()
    await call()
    return call()
  },
  SIGN_ERROR: ({ call }) => call({}, { privateKey: otherKey }),
  NO_AUTH({ mock, id, call }) {
    mock.platform.forbid(id)
    return call()
  },
  RESOURCE_NOT_EXISTS: ({ call }) => call(),
  RATELIMIT_EXCEEDED({ mock, call }) {
    mock.platform.limitRate({ requests: 0, seconds: 1 })
    return call()
  },
  // These two have no cause that a caller could set.
  SYSTEM_ERROR({ mock, id, call }) {
    mock.faults.add({ operation: id, name: '500' })
    return call()
  },
  SERVICE_UNAVAILABLE({ mock, id, call }) {
    mock.faults.add({ operation: id, name: '503' })
    return call()
  },
}

/**
 * By status: whether a safe operation may be repeated, whether it may have taken effect, whether the
 * response is signed.
 */
const verdicts: Readonly<
  Record<number, { passes: boolean; outcome: ApiError['outcome']; verified: boolean }>
> = {
  400: { passes: false, outcome: 'failed', verified: true },
  401: { passes: false, outcome: 'failed', verified: false },
  403: { passes: false, outcome: 'failed', verified: true },
  404: { passes: false, outcome: 'failed', verified: true },
  429: { passes: true, outcome: 'failed', verified: true },
  500: { passes: true, outcome: 'unknown', verified: true },
  503: { passes: true, outcome: 'unknown', verified: false },
}

const rows = Object.values(spec.operations).flatMap(({ id, method, retry, errors }) =>
  (errors as readonly Row[]).map((row) => ({ id, method, retry, code: row.code, row })),
)

/** The text of the row, or of the cause that WeChat Pay's own message names. */
function remedyOf(row: Row, message: string): Remedy {
  const causes = 'causes' in row ? row.causes : []
  const cause = causes.find(({ contains }) => message.includes(contains)) ?? row
  return { en: cause.remedyEn, zh: cause.remedyZh }
}

/** The advice of the operation itself. */
const unsafeRemedy = (id: OperationId, status: number): Remedy =>
  status === 429 ? { en: 'Slow down', zh: '请降低频率' } : spec.operations[id].retrySays

test('T-40 the tables have thirteen operations with seven codes each, and 404 where the path names a contract', () => {
  expect(rows).toHaveLength(13 * 7 + 2)
})

test.each(rows)(
  'T-40 $id: the mock responds with $code, and the client has the text of the table',
  async ({ id, method, retry, code, row }) => {
    const scene = setScene(id)
    const error: ApiError = await causes[code](scene).then(
      () => expect.unreachable('the response was 2xx'),
      (thrown) => thrown,
    )
    const { passes, outcome, verified } = verdicts[row.status] ?? expect.unreachable()
    expect(error).toMatchObject({
      name: 'ApiError',
      code,
      status: row.status,
      operation: id,
      retryable: passes && retry === 'safe',
      // A query changes nothing, so there is nothing to be unsure about.
      outcome: method === 'GET' ? 'failed' : outcome,
      verified,
      requestId: expect.stringMatching(/^[0-9A-F]+-\d+$/),
    })
    // The table advises a repeat. If the call is not safe to repeat, the client advises a query
    // first.
    const isUnsafe = passes && retry === 'unsafe'
    const remedy = isUnsafe ? unsafeRemedy(id, row.status) : remedyOf(row, error.message)
    expect(error.message).toContain(remedy.en)
    expect(error.remedy?.en).toContain(remedy.en)
    expect(error.remedy?.zh).toContain(remedy.zh)
    expect(scene.mock.requests().at(-1)).toMatchObject({ operation: id, status: row.status })
  },
)

test('T-40 a code that is in no table is reported with its own name and status', async () => {
  const scene = setScene('qsMiniProgramPreEntrustSign', {
    codeInUse: { status: 409, code: 'ALREADY_EXISTS' },
  })
  await expect(causes.INVALID_REQUEST(scene)).rejects.toMatchObject({
    name: 'ApiError',
    code: 'ALREADY_EXISTS',
    status: 409,
    retryable: false,
    outcome: 'failed',
  })
})

test('T-40 the error for a signed and for a terminated code names what the client picks the remedy by', async () => {
  const { mock, call, signContract } = setScene('qsMiniProgramPreEntrustSign')
  await signContract()
  await expect(call()).rejects.toMatchObject({
    verified: true,
    message: expect.stringMatching(/商户签约协议号已签约，无法重复使用.*is already signed/),
  })
  await mock.user.terminates(key)
  await expect(call()).rejects.toMatchObject({
    verified: true,
    message: expect.stringMatching(/商户签约协议号已解约，无法重复使用.*was terminated/),
  })
})

test('the 404 of a contract that does not exist is signed: only then it means "not signed"', async () => {
  for (const id of ['getContractByCode', 'terminateContractByCode'] as const) {
    const { call } = setScene(id)
    await expect(call()).rejects.toMatchObject({ status: 404, verified: true, notFound: true })
  }
  const { mock } = setScene('getContractByCode')
  const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
  expect(await wechatpay.waitForContract({ ...key, timeout: 0 })).toBeUndefined()
})

/** Fields that the response must repeat (`x-echo`), with values other than the example's. */
const own = { service_id: 777, out_contract_code: 'OwnCode1' }

const echoing = rows.filter(({ code, id }) => code === 'NO_AUTH' && 'echo' in spec.operations[id])

test.each(echoing)(
  '$id: the response repeats service_id and out_contract_code of the request',
  async ({ id }) => {
    const scene = setScene(id)
    if (effectOf(id) === 'pre-sign') {
      const { data } = (await scene.call(changed(id, own))) as ApiResponse<object>
      return expect(data).toMatchObject(own)
    }
    await scene.signContract(own)
    expect(await scene.call({ path: own })).toMatchObject({ data: own })
  },
)
