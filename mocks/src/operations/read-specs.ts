import { ConfigurationError } from '@wechatpay-entrust/auth'
import type { Spec } from '@wechatpay-entrust/core'
import { findSpecFault, specsOf } from '@wechatpay-entrust/core/spec'

/**
 * The specs of the option `spec`, checked like those of a client.
 *
 * @throws {ConfigurationError} for what codegen does not write, and for the same operation twice
 */
export function readSpecs(given: Spec | readonly Spec[] | undefined): readonly Spec[] {
  if (given === undefined) return []
  const fault = findSpecFault(given)
  if (fault === undefined) return specsOf(given)
  const { code, ...finding } = fault
  throw new ConfigurationError(code, finding)
}
