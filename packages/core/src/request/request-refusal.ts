/**
 * What makes an error of arguments that do not fit: loaded when there are some, for most calls have
 * none.
 */
import type { OperationId } from '../call/operation.ts'
import { describeViolation } from '../schema/violation-text.ts'
import type { RequestViolation } from './request-check.ts'
import { RequestError, type RequestProblem } from './request-error.ts'

/** The error that tells all of them. */
export function rejectRequest(
  id: OperationId,
  violations: readonly RequestViolation[],
): RequestError {
  return new RequestError(id, violations.map(sayProblem) as [RequestProblem, ...RequestProblem[]])
}

function sayProblem(violation: RequestViolation): RequestProblem {
  const { field, code, location } = violation
  const isBodyMissing = location === 'body' && field === '' && code === 'missing-field'
  const expected = isBodyMissing ? { expected: 'the request body, as `json`' } : {}
  return { code, location, field, ...describeViolation(violation), ...expected }
}
