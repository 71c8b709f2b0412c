import type { JsonSchema } from './json-schema.ts'
import { describeViolation } from './violation-text.ts'
import { findViolations, type SchemaCheckOptions, type ViolationCode } from './violations.ts'

/** One place where a value violates its schema. Contains no value of a personal field. */
export interface Violation {
  /** JSON Pointer (RFC 6901) into the checked value; the empty string is the value itself. */
  readonly field: string
  readonly code: ViolationCode
  readonly expected: string
  readonly found: string
}

/**
 * Checks a value against a schema of the spec and returns every violation, in the order of the
 * schema; an empty list means that the value is valid. Lengths are counted in code points, which is
 * how we read the documentation's character counts. A field whose value is `undefined` counts as
 * absent, because it is not serialised.
 *
 * @example
 * ```ts
 * import { checkSchema } from '@wechatpay-entrust/core'
 * import { spec } from '@wechatpay-entrust/core/spec'
 *
 * const violations = checkSchema(spec.schemas.QsMiniProgramPreEntrustSignRequest, { appid: 'wx' }, { definitions: spec.schemas })
 * ```
 */
export function checkSchema(
  schema: JsonSchema,
  value: unknown,
  options: SchemaCheckOptions,
): Violation[] {
  return findViolations(schema, value, options).map((violation) => {
    const { field, code } = violation
    return { field, code, ...describeViolation(violation) }
  })
}
