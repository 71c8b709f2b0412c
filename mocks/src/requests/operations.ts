import { utf8 } from '@wechatpay-entrust/base'
import type { Args, OperationEffect } from '@wechatpay-entrust/core'
import { formatTime, sealResource } from '@wechatpay-entrust/notification/platform'
import type { PreSignRequest } from '../contracts/contract.ts'
import type { ContractBook } from '../contracts/contracts.ts'
import type { Events } from '../contracts/notify-outcome.ts'
import type { CallArguments, PlayedOperation } from '../operations/played-operation.ts'
import type { OrderBook, OrderRequest } from '../orders/order-book.ts'
import type { Identity, PlatformCertificate, Signer } from '../platform/identity.ts'
import type { PlatformSource } from '../platform/platform.ts'
import type { RandomHex } from '../platform/random.ts'
import { sampleData } from '../samples/sample-call.ts'
import { invalidRequest } from './error-response.ts'
import type { Reply } from './respond.ts'

/** Plays an operation with checked arguments. */
export type PlayOperation = (
  played: PlayedOperation,
  args: CallArguments,
  signer: Signer,
) => Promise<Reply>

export interface OperationParts {
  readonly identity: Identity
  readonly platform: PlatformSource
  readonly randomHex: RandomHex
  readonly contracts: ContractBook
  readonly orders: OrderBook
  readonly events: Events
  /** Values of the mock, which samples have by name. */
  readonly known: Readonly<Record<string, unknown>>
  /** The mock's time, for samples. */
  readonly now: () => number
}

/**
 * The arguments of the operations that have an effect. The effect decides which of them exist.
 */
interface EffectArgs {
  readonly json: PreSignRequest & OrderRequest & Args<'terminateContractByCode'>['json']
  readonly path: Args<'getContractByCode'>['path']
  readonly query?: Args<'getCertificates'>['query']
}

type Act = (args: EffectArgs, signer: Signer, example: object) => Promise<object>

/**
 * Each operation has the effect that its document gives it (`x-effect`). An operation without an
 * effect responds with its example, or with one made from its schema, in which fields that the
 * request also has are those of the request (原样返回).
 */
export function createOperations(parts: OperationParts): PlayOperation {
  const effects = createEffects(parts)
  return async (played, args, signer) => {
    const { effect, status } = played.operation
    const body =
      effect === undefined
        ? sampleData(played, args, parts.known, parts.now())
        : await effects[effect](args as EffectArgs, signer, Object(played.example?.data))
    return { status, body }
  }
}

function createEffects({
  identity,
  platform,
  randomHex,
  contracts,
  orders,
  events,
}: OperationParts): Readonly<Record<OperationEffect, Act>> {
  const { mchid } = identity
  return {
    // The mini-program for signing is that of the official example.
    async 'pre-sign'({ json }, signer, example) {
      const { id } = contracts.preSign(json, signer)
      return echo(example, { ...json, mchid, pre_entrustweb_id: id })
    },

    async order({ json }, _signer, example) {
      return echo(example, { prepay_id: orders.place(json).prepay_id })
    },

    async query({ path }) {
      return contracts.query(path).body
    },

    // Terminating twice is not documented. It is rejected unless the test chooses otherwise,
    // because the precondition is a contract in force.
    async terminate({ path, json }, _signer, example) {
      const contract = contracts.query(path)
      if (contract.body.contract_state === 'SIGNED') {
        contracts.terminate(contract, 'MCH_API_TERMINATE', json.contract_termination_remark)
        void events.terminated(contract)
      } else if (contracts.choices.repeatedTermination === 'refuse')
        throw invalidRequest('签约协议已解约', 'the contract is terminated already')
      return echo(example, { ...path, mchid })
    },

    // The mock has no certificate of the SM2 kind (国密), so the list of those is empty.
    async certificates({ query }) {
      if (query?.algorithm_type === 'SM2') return { data: [] }
      return {
        data: await Promise.all(
          platform.certificates.map((one) => sealCertificate(one, identity, randomHex)),
        ),
      }
    },
  }
}

async function sealCertificate(
  { serialNumber, pem, parsed }: PlatformCertificate,
  { apiV3Key }: Identity,
  randomHex: RandomHex,
): Promise<object> {
  const associated_data = 'certificate'
  const sealed = await sealResource({
    plaintext: utf8(pem),
    associated_data,
    apiV3Key,
    nonce: randomHex(6),
  })
  return {
    serial_no: serialNumber,
    effective_time: formatTime(parsed.notBefore.getTime()),
    expire_time: formatTime(parsed.notAfter.getTime()),
    encrypt_certificate: {
      algorithm: sealed.algorithm,
      nonce: sealed.nonce,
      associated_data,
      ciphertext: sealed.ciphertext,
    },
  }
}

/** The example, with known values instead of its own. */
function echo(example: object, known: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [
      name,
      Object.hasOwn(known, name) ? known[name] : value,
    ]),
  )
}
