import { isRecord } from '@wechatpay-entrust/base'
import { spec } from '@wechatpay-entrust/core/spec'
import { buildNotification } from '@wechatpay-entrust/notification/platform'
import { requireOptions } from '../arguments/require-values.ts'
import {
  aBoolean,
  aFunction,
  ageSeconds,
  mchid as merchantId,
  oneOf,
  seed,
  text,
  type ValueTypes,
} from '../arguments/value-types.ts'
import type { Contract } from '../contracts/contract.ts'
import type { Clock } from '../platform/clock.ts'
import { mockIdentity } from '../platform/identity.ts'
import { mockKeys } from '../platform/keys.ts'
import { createRandomHex } from '../platform/random.ts'

export interface TestNotificationOptions {
  /** Default: `signed`. */
  readonly kind?: 'signed' | 'terminated'
  /** Fields of the contract; they override the defaults. */
  readonly resource?: Partial<Contract> & Readonly<Record<string, unknown>>
  /** Default: `ENTRUST.SIGN` or `ENTRUST.TERMINATE`. */
  readonly event_type?: string
  /** Default: a random one. */
  readonly id?: string
  /** Which of the mock's keys signs. Default: `publicKey`. */
  readonly key?: 'publicKey' | 'certificate'
  /** The time of the signature, in milliseconds. Default: now. */
  readonly clock?: Clock
  /** How much older the signature is; from 301 on it must be rejected. Default: 0. */
  readonly ageSeconds?: number
  /** Makes a signature probe (签名探测流量), which must be rejected. Default: false. */
  readonly probe?: boolean
  /** Default: `1900000100`, the mock's. */
  readonly mchid?: string
  /** 32 bytes. Default: the mock's. */
  readonly apiV3Key?: string
  /** Makes the same id and nonces each time. Default: random. */
  readonly seed?: number
}

const optionTypes: ValueTypes<TestNotificationOptions> = {
  kind: oneOf('signed', 'terminated'),
  resource: { expected: 'an object with fields of the contract', test: isRecord },
  event_type: text,
  id: text,
  key: oneOf('publicKey', 'certificate'),
  clock: aFunction,
  ageSeconds,
  probe: aBoolean,
  mchid: merchantId,
  // Checked where it is used, by an error that never shows it.
  apiV3Key: { expected: 'text', test: () => true },
  seed,
}

/** A notification as it would arrive. `new Request(url, notification)` is the request. */
export interface TestNotification {
  readonly method: 'POST'
  /** Names in the documented case. */
  readonly headers: Readonly<Record<string, string>>
  /** The signed bytes: pass them on unchanged. */
  readonly body: Uint8Array<ArrayBuffer>
  /** The content that is encrypted in it. */
  readonly resource: Contract & Readonly<Record<string, unknown>>
}

const signedContract = {
  contract_id: '123124412412423431',
  appid: 'wxd678efh567hg6787',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  service_id: 12535,
  out_contract_code: 'wxwtdk20200910100000',
  contract_display_account: '微信代扣用户A',
  contract_state: 'SIGNED',
  contract_signed_time: '2020-09-10T13:29:35+08:00',
}

const terminated = {
  contract_state: 'TERMINATED',
  contract_terminate_info: {
    contract_termination_mode: 'USER_TERMINATE',
    contract_terminated_time: '2020-10-10T13:29:35+08:00',
    contract_termination_remark: '用户解约',
  },
}

/**
 * Makes a notification for a unit test of your handler. It is encrypted and signed with the mock's
 * keys; no mock has to run.
 *
 * @throws {ConfigurationError} for an unknown or invalid option
 * @example
 * ```ts
 * import { generateTestNotification } from '@wechatpay-entrust/mock'
 *
 * declare function handle(request: Request): Promise<Response>
 * const notification = await generateTestNotification({ resource: { out_contract_code: 'A1' } })
 * const response = await handle(new Request('https://shop.test/notify', notification))
 * ```
 */
export async function generateTestNotification(
  options: TestNotificationOptions = {},
): Promise<TestNotification> {
  requireOptions(options, optionTypes)
  const {
    kind = 'signed',
    clock = () => Date.now(),
    ageSeconds: age = 0,
    probe = false,
    mchid = mockKeys.mchid,
  } = options
  const { randomHex } = createRandomHex(options.seed)
  const identity = mockIdentity(mchid)
  const resource = {
    mchid,
    ...signedContract,
    ...(kind === 'terminated' && terminated),
    ...options.resource,
  }
  const { eventTypes } =
    kind === 'signed' ? spec.webhooks.contractSigned : spec.webhooks.contractTerminated
  const { headers, body } = await buildNotification({
    id: options.id ?? `EV-${randomHex(16)}`,
    event_type: options.event_type ?? eventTypes[0],
    summary: kind === 'signed' ? '免密支付签约通知' : '免密支付解约通知',
    original_type: 'entrust',
    associated_data: 'entrust',
    resource,
    apiV3Key: options.apiV3Key ?? identity.apiV3Key,
    ...(options.key === 'certificate' ? identity.certificates[0] : identity.publicKey),
    clock: () => clock() - age * 1000,
    probe,
    randomHex,
  })
  return { method: 'POST', headers, body: body as Uint8Array<ArrayBuffer>, resource }
}
