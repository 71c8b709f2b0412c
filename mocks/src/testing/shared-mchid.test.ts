import { setupServer } from 'msw/node'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { startMockServer } from '../entries/node.ts'
import { createMock, type Mock, type MockOptions } from '../index.ts'

const lines: string[] = []
const log = (line: string) => void lines.push(line)

beforeEach(() => {
  lines.length = 0
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Calls once with the global fetch, which MSW intercepts. */
async function callThrough(server: ReturnType<typeof setupServer>, mock: Mock): Promise<void> {
  server.listen({ onUnhandledFrame: 'error' })
  try {
    await createWeChatPay(mock.merchant).getCertificates()
  } finally {
    server.close()
  }
}

const two = (options: MockOptions = {}) => [createMock(options), createMock(options)] as const

test('two mocks with the same mchid in one MSW set-up are reported once, with the remedy', async () => {
  const [one, other] = two({ log })
  const server = setupServer(...one.handlers, ...other.handlers)
  await callThrough(server, other)
  await callThrough(server, other)
  // The first took everything, which is what the line is about.
  expect([one.requests().length, other.requests().length]).toEqual([2, 0])
  expect(lines).toEqual([
    "mchid: found two mocks with 1900000100 whose handlers are in MSW; one gets the requests for both; expected another mchid for each mock. Create one of them with another id, e.g. createMock({ mchid: '1900000200' }), and remove the handlers of a mock that is no longer used.",
  ])
})

test('without log the console gets the line', async () => {
  const written = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const [one, other] = two()
  await callThrough(setupServer(...one.handlers, ...other.handlers), other)
  expect(written.mock.calls.flat()).toEqual([
    expect.stringContaining('mchid: found two mocks with 1900000100'),
  ])
})

test('mocks with different mchid, and mocks used one after the other, are not reported', async () => {
  const [one, other] = [createMock({ log }), createMock({ log, mchid: '1900000200' })]
  await callThrough(setupServer(...one.handlers, ...other.handlers), one)
  await callThrough(setupServer(...one.handlers, ...other.handlers), other)
  for (const mock of two({ log })) await callThrough(setupServer(...mock.handlers), mock)
  expect(lines).toEqual([])
})

test('a mock on a port or with its own fetch does not matter to MSW', async () => {
  const mock = createMock({ log })
  const network = setupServer(...mock.handlers)
  const server = await startMockServer({ log })
  const bare = createMock({ log })
  await createWeChatPay({ ...server.mock.merchant, baseUrl: server.baseUrl }).getCertificates()
  await createWeChatPay({ ...bare.merchant, fetch: bare.fetch }).getCertificates()
  await callThrough(network, mock)
  await server.close()
  expect(lines).toEqual([])
})

test.each([
  ['with', true],
  ['without', false],
])(
  'a mock of one test that server.resetHandlers() removes is not reported, %s a request to it',
  async (_, isUsed) => {
    const [usual, special] = two({ log })
    const server = setupServer(...usual.handlers)
    server.listen({ onUnhandledFrame: 'error' })
    server.use(...special.handlers)
    const client = createWeChatPay(usual.merchant)
    if (isUsed) await client.getCertificates()
    server.resetHandlers()
    await client.getCertificates()
    server.close()
    expect([usual.requests().length, special.requests().length]).toEqual([1, Number(isUsed)])
    expect(lines).toEqual([])
  },
)

test('two mocks in one set-up are also reported after another one was removed', async () => {
  const [one, other] = two({ log })
  const server = setupServer(...one.handlers)
  server.listen({ onUnhandledFrame: 'error' })
  server.use(...createMock({ log }).handlers)
  server.resetHandlers(...one.handlers, ...other.handlers)
  await createWeChatPay(other.merchant).getCertificates()
  server.close()
  expect(lines).toEqual([expect.stringContaining('mchid: found two mocks')])
})

test('a mock that took over from another one is not reported when that one is used again', async () => {
  const [one, other] = two({ log })
  const first = setupServer(...one.handlers)
  await callThrough(first, one)
  await callThrough(setupServer(...other.handlers), other)
  await callThrough(first, one)
  expect(lines).toEqual([])
})
