import { createMock } from '@wechatpay-entrust/mock'
import { expect, test, vi } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { body, contracts, pass, pendingOf, service_id } from '../testing/reconcile-bench.ts'
import { reconcile } from './reconcile.ts'

/** The real client over a `fetch` that responds with these, as a gateway between would. */
function clientOver(respond: () => Response) {
  const mock = createMock()
  return createWeChatPay({ ...mock.merchant, fetch: async () => respond(), maxAttempts: 1 })
}

const eightCodes = pendingOf('a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8')

test.each([
  ['404 text/html', 404, '<html><h1>404 Not Found</h1></html>', 'text/html'],
  ['404 with the code of WeChat Pay', 404, '{"code":"RESOURCE_NOT_EXISTS"}', 'application/json'],
  ['403 CONTRACT_NOT_EXIST', 403, '{"code":"CONTRACT_NOT_EXIST"}', 'application/json'],
  ['204 without a body', 204, null, 'application/json'],
  ['200 with a contract', 200, '{"contract_state":"SIGNED"}', 'application/json'],
])(
  'an unsigned %s is a failure and never "not signed"; five in a row end the pass',
  async (_, status, text, type) => {
    const { getContractByCode } = clientOver(
      () => new Response(text, { status, headers: { 'Content-Type': type } }),
    )
    const { outcome, found, events, cursors } = await pass({
      pending: eightCodes,
      getContractByCode,
    })
    expect(found).toEqual([])
    expect(outcome).toHaveProperty('error.name', expect.stringMatching(/ApiError|SignatureError/))
    expect(events).toHaveLength(5)
    expect(new Set(events.map((event) => event.type))).toEqual(new Set(['reconcile:failed']))
    expect(cursors).toHaveLength(4)
  },
)

test('an unsigned 404 between signed responses is counted as failed', async () => {
  const { mock, getContractByCode } = await contracts(['a1', 'a3'])
  const gateway = clientOver(() => new Response('<html>', { status: 404 }))
  const { outcome } = await pass({
    pending: pendingOf('a1', 'a2', 'a3', 'unknown1'),
    getContractByCode: (args, options) =>
      args.path.out_contract_code === 'a2'
        ? gateway.getContractByCode(args, options)
        : getContractByCode(args, options),
  })
  expect(outcome).toEqual({ found: 2, notSigned: 1, failed: 1 })
  expect(mock.requests()).toHaveLength(5)
})

test.each([
  ['notFound without verified', { notFound: true }],
  ['notFound of an unverified response', { notFound: true, verified: false, status: 404 }],
  ['verified, as text', { notFound: true, verified: 'true' }],
  ['a status alone', { status: 404, verified: true }],
  ['undefined', undefined],
  ['null', null],
])('a thrown %s counts as failed', async (_, thrown) => {
  const { outcome } = await pass({
    pending: pendingOf('a1'),
    getContractByCode: () => Promise.reject(thrown),
  })
  expect(outcome).toEqual({ found: 0, notSigned: 0, failed: 1 })
})

test("another contract's signed response, recorded and sent again, makes no event: MISMATCHED_RESPONSE", async () => {
  const { mock } = await contracts(['a1'])
  let recorded: Response | undefined
  const { getContractByCode } = createWeChatPay({
    ...mock.merchant,
    fetch: async (input, init) => {
      recorded ??= await mock.fetch(input, init)
      return recorded.clone()
    },
  })
  const { outcome, found, events } = await pass({
    pending: pendingOf('a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7'),
    getContractByCode,
  })
  expect(found).toHaveLength(1)
  expect(outcome).toMatchObject({ error: { code: 'MISMATCHED_RESPONSE', verified: true } })
  expect(events).toHaveLength(6)
})

test.each([
  ['another out_contract_code', { out_contract_code: 'other' }],
  ['another service_id', { service_id: 1 }],
  ['no out_contract_code', { out_contract_code: undefined }],
])('a result of a custom getContractByCode with %s: mismatched-contract', async (_, change) => {
  const { getContractByCode } = await contracts(['a1'])
  const { outcome, found, events } = await pass({
    pending: pendingOf('a1'),
    getContractByCode: async (...args) => {
      const { data } = await getContractByCode(...args)
      return { data: { ...data, ...change } as typeof data }
    },
  })
  expect([outcome, found]).toEqual([{ found: 0, notSigned: 0, failed: 1 }, []])
  expect(events).toMatchObject([
    {
      type: 'reconcile:failed',
      error: { code: 'mismatched-contract', remedy: { zh: expect.stringContaining('协议') } },
    },
  ])
})

test('service_id is compared as text', async () => {
  const { getContractByCode } = await contracts(['a1'])
  const asText = String(service_id) as unknown as number
  const { outcome } = await pass({
    pending: [{ service_id: asText, out_contract_code: 'a1' }],
    getContractByCode: (_, options) =>
      getContractByCode({ path: { service_id, out_contract_code: 'a1' } }, options),
  })
  expect(outcome).toEqual({ found: 1, notSigned: 0, failed: 0 })
})

test('an unknown option is rejected with the nearest name, and nothing is queried: unknown-option', async () => {
  const options = { pending: pendingOf('a1'), perSeconds: 1 }
  const { outcome } = await pass({
    ...options,
    getContractByCode: () => expect.unreachable(),
  })
  expect(outcome).toMatchObject({
    error: { code: 'unknown-option', message: expect.stringContaining('perSecond') },
  })
})

test('without a listener a failure is written to the console, with `debug` each event', async () => {
  const lines: string[] = []
  vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)))
  const { getContractByCode } = await contracts(['a1'])
  const options = {
    onContract: () => {},
    wait: async () => {},
    pending: pendingOf('a1', 'a2'),
    getContractByCode: async (...[args, given]: Parameters<typeof getContractByCode>) => {
      if (args.path.out_contract_code === 'a2') throw new Error(`secret ${body.openid}`)
      return getContractByCode(args, given)
    },
  }
  await reconcile(options)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^\[wechatpay-entrust\] reconcile:failed Error: Error at /)
  lines.length = 0
  await reconcile({ ...options, onEvent: () => {} })
  expect(lines).toEqual([])
  await reconcile({ ...options, debug: true })
  expect(lines.map((line) => line.split(' ')[1])).toEqual(['reconcile:found', 'reconcile:failed'])
  expect(lines.join()).not.toContain(body.openid)
  vi.restoreAllMocks()
})
