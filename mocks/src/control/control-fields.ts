import { requireKnownOptions } from '@wechatpay-entrust/auth'
import { isRecord } from '@wechatpay-entrust/base'
import { describeValue, invalidValue, requireValue } from '../arguments/require-values.ts'
import {
  aBoolean,
  advanceSeconds,
  ageSeconds,
  deliveryOrder,
  notificationKey,
  rateRequests,
  rateSeconds,
  text,
  type ValueTypes,
} from '../arguments/value-types.ts'
import type { AnyOperationId } from '../operations/played-operation.ts'
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
  readonly operation: AnyOperationId | '*'
  readonly requests: number
  readonly seconds: number
}

const types: ValueTypes<Fields> = {
  pre_entrustweb_id: text,
  service_id: { expected: 'an integer', test: Number.isSafeInteger },
  out_contract_code: text,
  advance_seconds: advanceSeconds,
  frozen: aBoolean,
  notification_id: text,
  order: deliveryOrder,
  age_seconds: ageSeconds,
  notification_key: {
    expected: `${notificationKey.expected}, or null for the key of the pre-sign response`,
    test: (value) => value === null || notificationKey.test(value),
  },
  // Its values differ from mock to mock, which checks them.
  operation: { expected: 'text', test: () => true },
  requests: rateRequests,
  seconds: rateSeconds,
}

/**
 * Rejects a body that does not have exactly the fields of one of the forms. The form is the first
 * that the body has a field of.
 *
 * @throws ConfigurationError `unknown-option`, `malformed-option`
 */
export function requireFields(forms: readonly (readonly (keyof Fields)[])[], body: unknown): void {
  if (!isRecord(body)) throw invalidValue('body', describeValue(body), 'a JSON object')
  const all = forms.flat()
  requireKnownOptions(body, Object.fromEntries(all.map((name) => [name, true])))
  const form = forms.find((names) => names.some((name) => name in body)) ?? forms[0] ?? []
  const surplus = all.find((name) => name in body && !form.includes(name))
  if (surplus !== undefined)
    throw invalidValue(surplus, describeValue(body[surplus]), `only ${form.join(', ')}`)
  for (const name of form) requireValue(name, body[name], types[name])
}
