import { utf8 } from '@wechatpay-entrust/auth/crypto'
import type { Args, OperationId, Result } from '@wechatpay-entrust/core'
import { formatTime, sealResource } from '@wechatpay-entrust/notification/platform'
import type { ContractBook } from './contracts.ts'
import type { Events } from './events.ts'
import type { Identity, Signer } from './identity.ts'
import { invalidRequest } from './refusal.ts'

/** What each operation of the spec does; one that is missing here does not compile. */
export type Operations = {
  readonly [Id in OperationId]: (args: Args<Id>, signer: Signer) => Promise<Result<Id>['data']>
}

export interface OperationParts {
  readonly identity: Identity
  readonly contracts: ContractBook
  readonly events: Events
}

/** The mini-program of WeChat Pay that the user signs in; both values are those of the official example. */
const signingMiniProgram = { sign_mp_appid: 'wxbd687630cd02ce1d', sign_mp_path: 'pages/PwdExemptContract/index' }

export function createOperations({ identity, contracts, events }: OperationParts): Operations {
  const { mchid } = identity
  return {
    async qsMiniProgramPreEntrustSign({ json }, signer) {
      const { id } = contracts.preSign(json, signer)
      const { service_id, out_contract_code } = json
      return { pre_entrustweb_id: id, mchid, service_id, out_contract_code, ...signingMiniProgram }
    },

    async getContractByCode({ path }) {
      return contracts.query(path).body
    },

    // Terminating twice is not documented; it is refused, as the documented precondition is a contract in force.
    async terminateContractByCode({ path, json }) {
      const contract = contracts.query(path)
      if (contract.body.contract_state !== 'SIGNED')
        throw invalidRequest('签约协议已解约', 'the contract is terminated already')
      contracts.terminate(contract, 'MCH_API_TERMINATE', json.contract_termination_remark)
      void events.terminated(contract)
      const { service_id, out_contract_code } = contract.body
      return { mchid, service_id, out_contract_code }
    },

    // The mock has no certificate of the SM2 kind (国密), so the list of those is empty.
    async getCertificates({ query }) {
      if (query?.algorithm_type === 'SM2') return { data: [] }
      const { serialNumber, pem, parsed } = identity.certificate
      const associated_data = 'certificate'
      const { algorithm, nonce, ciphertext } = await sealResource({
        plaintext: utf8(pem),
        associated_data,
        apiV3Key: identity.apiV3Key,
      })
      const entry = {
        serial_no: serialNumber,
        effective_time: formatTime(parsed.notBefore.getTime()),
        expire_time: formatTime(parsed.notAfter.getTime()),
        encrypt_certificate: { algorithm, nonce, associated_data, ciphertext },
      }
      return { data: [entry] }
    },
  }
}
