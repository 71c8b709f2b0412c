import { isRecord } from '@wechatpay-entrust/base'
import type { OperationId } from '@wechatpay-entrust/core'
import { operationTable } from '@wechatpay-entrust/core/spec'
import type { NotificationKey } from '../platform/platform.ts'

/** The fields of the control API's bodies. */
export interface Fields {
  readonly pre_entrustweb_id: string
  readonly service_id: number
  readonly out_contract_code: string
  readonly advance_seconds: number
  readonly frozen: boolean
  readonly notification_id: string
  readonly order: 'in-order' | 'reversed'
  readonly age_seconds: number
  readonly notification_key: NotificationKey | null
  readonly operation: OperationId | '*'
  readonly requests: number
  readonly seconds: number
}

interface FieldType {
  readonly expected: string
  test(value: unknown): boolean
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
const isIn = (low: number, high: number) => (value: unknown) =>
  typeof value === 'number' && value >= low && value <= high

const fieldTypes: { readonly [Name in keyof Fields]: FieldType } = {
  pre_entrustweb_id: { expected: 'a text that is not empty', test: isText },
  service_id: { expected: 'an integer', test: Number.isSafeInteger },
  out_contract_code: { expected: 'a text that is not empty', test: isText },
  advance_seconds: {
    expected: 'a number of seconds from 0 to ten years',
    test: isIn(0, 10 * 366 * 86_400),
  },
  frozen: { expected: 'true or false', test: (value) => typeof value === 'boolean' },
  notification_id: { expected: 'a text that is not empty', test: isText },
  order: {
    expected: 'in-order or reversed',
    test: (value) => value === 'in-order' || value === 'reversed',
  },
  age_seconds: { expected: 'whole seconds', test: Number.isSafeInteger },
  notification_key: {
    expected:
      'certificate, publicKey, a share from 0 to 1, or null for the key of the pre-sign answer',
    test: (value) =>
      value === null || value === 'certificate' || value === 'publicKey' || isIn(0, 1)(value),
  },
  operation: {
    expected: 'an operationId of the spec, or *',
    test: (value) =>
      value === '*' || (typeof value === 'string' && Object.hasOwn(operationTable, value)),
  },
  requests: {
    expected: 'a whole number from 0',
    test: (value) => Number.isSafeInteger(value) && isIn(0, 1e9)(value),
  },
  seconds: {
    expected: 'a number of seconds above 0',
    test: (value) => isIn(0, 86_400)(value) && value !== 0,
  },
}

/**
 * What is wrong with a body that must have exactly these fields; undefined if it is correct.
 */
export function findFieldProblem(
  names: readonly (keyof Fields)[],
  value: unknown,
): string | undefined {
  if (!isRecord(value)) return 'The body is not a JSON object'
  const unknown = Object.keys(value).find((name) => !names.some((known) => known === name))
  if (unknown !== undefined)
    return `Unknown field ${JSON.stringify(unknown)}; expected: ${names.join(', ') || 'none'}`
  const wrong = names.find((name) => !fieldTypes[name].test(value[name]))
  return wrong && `${wrong}: expected ${fieldTypes[wrong].expected}`
}
