import type { OperationId } from '../call/operation.ts'
import { describeViolation } from '../schema/violation-text.ts'
import type { RequestViolation } from './request-check.ts'
import { RequestError, type RequestProblem } from './request-error.ts'

/** The error that lists all violations of a request. */
export function rejectRequest(
  id: OperationId,
  violations: readonly RequestViolation[],
): RequestError {
  return new RequestError(
    id,
    violations.map(describeProblem) as [RequestProblem, ...RequestProblem[]],
  )
}

function describeProblem(violation: RequestViolation): RequestProblem {
  const { field, code, location } = violation
  const isBodyMissing = location === 'body' && field === '' && code === 'missing-field'
  const expected = isBodyMissing ? { expected: 'the request body, as `json`' } : {}
  return { code, location, field, ...describeViolation(violation), ...expected }
}
