import { requireKnownOptions } from '@wechatpay-entrust/auth'
import { isRecord } from '@wechatpay-entrust/base'
import { describeValue, invalidValue, requireValue } from '../arguments/require-values.ts'
import {
  ageSeconds,
  number,
  oneOf,
  seed,
  type ValueType,
  type ValueTypes,
  whole,
} from '../arguments/value-types.ts'
import type { OperationList } from '../operations/operation-list.ts'
import { type Fault, type FaultName, faultNames, spoiling } from './fault.ts'

/** `operation` is checked beside them: its values differ from mock to mock. */
const types: ValueTypes<Omit<Fault, 'operation'>> = {
  name: oneOf(...faultNames),
  times: whole(1, 1e9),
  probability: number(0, 1),
  seed,
  when: oneOf('before', 'after'),
  delay_ms: whole(0, 600_000, 'whole milliseconds'),
  retry_after_seconds: whole(0, 86_400, 'whole seconds'),
  status: whole(200, 599, 'an HTTP status'),
  location: {
    expected: 'an address of visible ASCII characters',
    test: (value) => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value),
  },
  age_seconds: ageSeconds,
  size_bytes: whole(1, 2 ** 30, 'a number of bytes'),
}

/** The members that only some faults have. Another fault would ignore them. */
const settings: { readonly [Name in keyof Fault]?: readonly FaultName[] } = {
  delay_ms: ['latency', 'slow-drip'],
  retry_after_seconds: ['429', '503'],
  status: ['html', 'redirect'],
  location: ['redirect'],
  age_seconds: ['stale-timestamp'],
  size_bytes: ['compressed-bomb'],
}

/** The statuses that a fault can be played with. */
const statuses: { readonly [Name in FaultName]?: ValueType } = {
  html: {
    expected: 'a status from 200 to 599 whose response has a body, so not 204, 205 or 304',
    test: (value) => ![204, 205, 304].includes(value as number),
  },
  redirect: oneOf(301, 302, 303, 307, 308),
}

/**
 * Rejects a fault that cannot be played as it is written. `requireId` checks the operation; `place` is written before the names of its
 * members.
 *
 * @throws ConfigurationError `unknown-option`, `malformed-option`
 */
export function requireFault(
  fault: Fault,
  requireId: OperationList['requireId'],
  place = '',
): void {
  if (!isRecord(fault))
    throw invalidValue(
      place.replace(/\.$/, '') || 'fault',
      describeValue(fault),
      'an object with operation and name',
    )
  requireKnownOptions(fault, { operation: true, ...types })
  requireId(`${place}operation`, fault.operation)
  for (const [member, type] of Object.entries<ValueType>(types)) {
    const value = fault[member as keyof Fault]
    if (member === 'name' || value !== undefined) requireValue(`${place}${member}`, value, type)
  }
  const { name, when, status } = fault
  for (const [member, names] of Object.entries(settings)) {
    const value = fault[member as keyof Fault]
    if (value !== undefined && !names.includes(name))
      throw invalidValue(
        `${place}${member}`,
        `${describeValue(value)} with the fault ${name}`,
        `no ${member}, because only ${names.join(' and ')} can be played with it`,
      )
  }
  const fitting = statuses[name]
  if (status !== undefined && fitting !== undefined) requireValue(`${place}status`, status, fitting)
  if (when === 'before' && spoiling.some((one) => one === name))
    throw invalidValue(
      `${place}when`,
      `before with the fault ${name}`,
      'after, because it spoils the response of an operation that took effect',
    )
}
