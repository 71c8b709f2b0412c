/**
 * What makes an error of arguments that do not fit: loaded when there are some, for most calls have
 * none.
 */
import type { OperationId } from '../call/operation.ts'
import { sayMisfit } from '../schema/violation-text.ts'
import type { RequestMisfit } from './request-check.ts'
import { RequestError, type RequestProblem } from './request-error.ts'

/** The error that tells all of them. */
export function refuseRequest(id: OperationId, misfits: readonly RequestMisfit[]): RequestError {
  return new RequestError(id, misfits.map(sayProblem) as [RequestProblem, ...RequestProblem[]])
}

function sayProblem(misfit: RequestMisfit): RequestProblem {
  const { field, code, location } = misfit
  const isBodyMissing = location === 'body' && field === '' && code === 'missing-field'
  const expected = isBodyMissing ? { expected: 'the request body, as `json`' } : {}
  return { code, location, field, ...sayMisfit(misfit), ...expected }
}
