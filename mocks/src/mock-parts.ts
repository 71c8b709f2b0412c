import type { HttpHandler } from 'msw'
import type { FaultSource } from './faults/faults.ts'
import type { OperationList } from './operations/operation-list.ts'
import type { Responses } from './responses/responses.ts'

/** What server and control API need of a mock beside its public members. */
export interface MockParts {
  readonly handlers: readonly HttpHandler[]
  readonly faults: FaultSource
  readonly operations: OperationList
  readonly responses: Responses
}

const parts = new WeakMap<object, MockParts>()

export function rememberParts(mock: object, own: MockParts): void {
  parts.set(mock, own)
}

/** @throws {TypeError} for an object that `createMock` did not return */
export function partsOf(mock: object): MockParts {
  const own = parts.get(mock)
  if (own === undefined)
    throw new TypeError('mock: found another object; expected that of createMock()')
  return own
}
