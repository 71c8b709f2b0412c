import { test as base, type TestType } from '@playwright/test'
import { type MockServer, type MockServerOptions, startMockServer } from '../server/mock-server.ts'

export interface MockServerFixtures {
  /** The worker's server, reset for each test. Port and keys stay the same. */
  wechatpay: MockServer
}

export interface MockServerWorkerFixtures {
  /**
   * The server's options, e.g. `use: { mockServerOptions: { port: 8765 } }`, so that you can
   * configure your application before.
   */
  mockServerOptions: MockServerOptions
  /** One server for each worker. */
  mockServer: MockServer
}

type Base = typeof base extends TestType<infer Test, infer Worker> ? [Test, Worker] : never

/**
 * Playwright's `test` with the standalone mock: `wechatpay.baseUrl` for your application,
 * `wechatpay.mock` to play the user.
 *
 * @example
 * ```ts
 * import { test } from '@wechatpay-entrust/mock/playwright'
 *
 * test('the user signs', async ({ page, wechatpay }) => {
 *   await page.goto('http://localhost:3000/contract')
 *   await page.getByRole('button', { name: 'Sign' }).click()
 *   const [session] = wechatpay.mock.sessions()
 *   await wechatpay.mock.user.signs(session?.pre_entrustweb_id ?? '')
 * })
 * ```
 */
export const test: TestType<Base[0] & MockServerFixtures, Base[1] & MockServerWorkerFixtures> =
  base.extend<MockServerFixtures, MockServerWorkerFixtures>({
    mockServerOptions: [{}, { scope: 'worker', option: true }],
    mockServer: [
      async ({ mockServerOptions }, use) => {
        const server = await startMockServer(mockServerOptions)
        await use(server)
        await server.close()
      },
      { scope: 'worker' },
    ],
    wechatpay: async ({ mockServer }, use) => {
      mockServer.mock.reset()
      await use(mockServer)
    },
  })
