import { type SetupWorker, setupWorker } from 'msw/browser'
import type { Mock } from '../mock.ts'

export {
  createFetchDelivery,
  createMock,
  type Mock,
  type MockOptions,
  MockStateError,
} from '../index.ts'

/**
 * An MSW worker that connects a page to the mock. Create the worker's script once with `npx msw init
 * public`.
 *
 * @example
 * ```ts
 * import { createMock, createWorker } from '@wechatpay-entrust/mock/browser'
 *
 * await createWorker(createMock()).start()
 * ```
 */
export function createWorker(mock: Mock): SetupWorker {
  return setupWorker(...mock.handlers)
}
