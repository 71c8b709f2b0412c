import { createReport, isDebugging } from '@wechatpay-entrust/base'
import { describeViolation } from '../schema/violation-text.ts'
import { findViolations } from '../schema/violations.ts'
import type { KnownOperation } from '../spec/registry.ts'
import type { AttemptEvent, ClientEvent, ResponseViolationEvent } from './events.ts'
import type { ApiResponse } from './operation.ts'

/** Most differing fields that are reported per client, so that the list cannot grow without limit. */
const mostReported = 1_000

/**
 * Creates the check of verified responses against the spec. It only reports: a response that does
 * not fit is returned all the same, because WeChat Pay may add and change fields.
 */
export function createResponseCheck(
  report: (event: ResponseViolationEvent) => void,
): (operation: KnownOperation, result: ApiResponse<unknown>) => void {
  const reported = new Set<string>()
  return ({ id, response: schema, definitions }, { data, requestId }) => {
    if (schema === undefined || data === undefined) return
    for (const violation of findViolations(schema, data, { definitions })) {
      const { field, code } = violation
      // All items of a list are one field: `/data/0/id` and `/data/1/id`.
      const key = `${id} ${field.replace(/\/\d+(?=\/|$)/g, '/*')}`
      if (reported.has(key) || reported.size >= mostReported) continue
      reported.add(key)
      report({
        type: 'response:violation',
        operation: id,
        field,
        code,
        ...describeViolation(violation),
        ...(requestId === undefined ? {} : { requestId }),
      })
    }
  }
}

/** The listeners of a client's two kinds of events. */
export function createClientReports(options: {
  readonly onEvent?: ((event: ClientEvent) => void) | undefined
  readonly debug?: boolean | undefined
}): {
  /** Absent if no one reads them: a failed attempt reaches the caller as the error of the call. */
  readonly attempt: ((event: AttemptEvent) => void) | undefined
  readonly violation: (event: ResponseViolationEvent) => void
} {
  const report = createReport<ClientEvent>({
    ...options,
    isFailure: ({ type }) => type === 'response:violation',
  })
  const isRead = options.onEvent !== undefined || isDebugging(options.debug)
  return { attempt: isRead ? report : undefined, violation: report }
}
