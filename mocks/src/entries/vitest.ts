import { test as base, expect, type TestAPI } from 'vitest'
import { createMock, type Mock } from '../mock.ts'
import type { MockOptions } from '../options.ts'
import { type MockMatchers, mockMatchers } from './matchers.ts'

export type { MockMatchers } from './matchers.ts'

declare module 'vitest' {
  // The parameters must be the same as in vitest's own declaration, or they do not merge.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends MockMatchers<R> {}
}

expect.extend(mockMatchers)

export interface MockFixtures {
  /** How the test's mock behaves; `test.override('mockOptions', {…})` changes it. */
  mockOptions: MockOptions
  /** A new mock for each test, reset at its end. */
  mock: Mock
}

/**
 * vitest's `test` with a mock for each test. The import also adds the matchers to `expect`.
 *
 * @example
 * ```ts
 * import { test } from '@wechatpay-entrust/mock/vitest'
 * import { expect } from 'vitest'
 * import { createWeChatPay } from 'wechatpay-entrust'
 *
 * test('asks for its certificates', async ({ mock }) => {
 *   const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
 *   await wechatpay.getCertificates()
 *   expect(mock).not.toHavePreSigned()
 * })
 * ```
 */
export const test: TestAPI<MockFixtures> = base.extend<MockFixtures>({
  mockOptions: {},
  mock: async ({ mockOptions }, use) => {
    const mock = createMock(mockOptions)
    await use(mock)
    mock.reset()
  },
})
