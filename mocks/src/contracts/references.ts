import { ConfigurationError } from '@wechatpay-entrust/auth'
import { isRecord } from '@wechatpay-entrust/base'
import { describeValue, requireValue } from '../arguments/require-values.ts'
import { text } from '../arguments/value-types.ts'
import { MockStateError } from '../mock-state-error.ts'
import type { ContractKey } from './contract.ts'

/**
 * Identifies a signing session: its id, a response with the id, or service and code from the response
 * of `pay-redirect-sign`, which has no id.
 */
export type SessionRef = string | { readonly pre_entrustweb_id: string } | ContractKey

/**
 * A checked reference: the id, or service and code.
 *
 * @throws ConfigurationError `malformed-option`
 */
export function readSessionRef(ref: SessionRef): string | ContractKey {
  if (typeof ref === 'string') return ref
  if (isRecord(ref)) {
    if ('pre_entrustweb_id' in ref) {
      requireValue('session.pre_entrustweb_id', ref.pre_entrustweb_id, text)
      return ref.pre_entrustweb_id as string
    }
    if ('service_id' in ref && 'out_contract_code' in ref) return readContractKey(ref, 'session')
  }
  const members = isRecord(ref) ? 'an object without these members' : describeValue(ref)
  throw new ConfigurationError('malformed-option', {
    slot: 'session',
    found: members,
    expected: 'a pre_entrustweb_id, or an object with it or with service_id and out_contract_code',
    remedy: {
      en: 'Pass `data` of the pre-sign response, not the whole result of the call.',
      zh: '请传入预签约应答的 `data`，而不是整个调用结果。',
    },
  })
}

/** @throws ConfigurationError `malformed-option` */
export function readContractKey(
  key: Readonly<Record<string, unknown>> | ContractKey,
  slot: string,
): ContractKey {
  if (!isRecord(key)) requireValue(slot, key, contractKey)
  const { service_id, out_contract_code } = key as ContractKey
  requireValue(`${slot}.service_id`, service_id, serviceId)
  requireValue(`${slot}.out_contract_code`, out_contract_code, text)
  return { service_id, out_contract_code }
}

const contractKey = {
  expected: 'an object with service_id and out_contract_code',
  test: isRecord,
}
const serviceId = { expected: 'an integer', test: Number.isSafeInteger }

const preSignFirst = {
  en: 'Pre-sign with this mock first; mock.sessions() lists its sessions.',
  zh: '请先向该模拟服务发起预签约；mock.sessions() 可列出其签约会话。',
}
const signFirst = {
  en: 'Let the user sign first: await mock.user.signs(session). mock.contracts() lists the contracts.',
  zh: '请先让用户签约：await mock.user.signs(session)；mock.contracts() 可列出签约协议。',
}

export function noSession(ref: string | ContractKey): MockStateError {
  return new MockStateError('NOT_FOUND', {
    slot: 'session',
    found: typeof ref === 'string' ? `the pre_entrustweb_id ${describeValue(ref)}` : named(ref),
    expected: 'a session of this mock',
    remedy: preSignFirst,
  })
}

export function noContract(key: ContractKey): MockStateError {
  return new MockStateError('NOT_FOUND', {
    slot: 'contract',
    found: named(key),
    expected: 'a contract of this mock',
    remedy: signFirst,
  })
}

export function terminatedAlready(): MockStateError {
  return new MockStateError('CONFLICT', {
    slot: 'contract',
    found: 'a terminated one',
    expected: 'one that is SIGNED',
    remedy: {
      en: 'Let the user sign another out_contract_code: a terminated one cannot be used again.',
      zh: '请使用新的商户签约协议号重新签约：已解约的协议号无法重复使用。',
    },
  })
}

const named = ({ service_id, out_contract_code }: ContractKey) =>
  `service_id ${service_id} and out_contract_code ${describeValue(out_contract_code)}`
