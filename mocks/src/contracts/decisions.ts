import { requireValue } from '../arguments/require-values.ts'
import { oneOf } from '../arguments/value-types.ts'
import type { Contract, ContractKey } from './contract.ts'
import type { ContractBook, SessionState } from './contracts.ts'
import type { Events } from './notify-outcome.ts'
import { noContract, readContractKey, type SessionRef, terminatedAlready } from './references.ts'

/** The session after the user's decision. */
export interface DecidedSession {
  readonly pre_entrustweb_id: string
  readonly out_contract_code: string
  readonly state: SessionState
}

/** What the user does in WeChat. An argument of the wrong form is a `ConfigurationError`. */
export interface User {
  /**
   * The user signs. Resolves when the first attempt to deliver the notification has ended.
   * @throws {MockStateError}
   */
  signs(session: SessionRef): Promise<DecidedSession>
  /** The user gives up: no notification (放弃签约或签约失败则不通知). @throws {MockStateError} */
  abandons(session: SessionRef): Promise<DecidedSession>
  /**
   * The user wants to sign, but a rule of the platform forbids it: no notification either.
   * @throws {MockStateError}
   */
  fails(session: SessionRef): Promise<DecidedSession>
  /** The user terminates the contract in WeChat. @throws {MockStateError} */
  terminates(contract: ContractKey): Promise<Contract>
}

export type Terminate = (contract: ContractKey, by?: 'user' | 'merchant') => Promise<Contract>

export interface DecisionParts {
  readonly contracts: ContractBook
  readonly events: Events
  readonly mchid: string
  /** @throws {MockStateError} while an advance of the clock runs that is not awaited */
  readonly requireAwaited: (method: string) => void
}

/** The decisions of users and merchants outside the API. */
export function createDecisions({ contracts, events, mchid, requireAwaited }: DecisionParts): {
  readonly user: User
  readonly terminate: Terminate
} {
  const decide =
    (method: string, state: 'signed' | 'abandoned' | 'failed') =>
    async (ref: SessionRef): Promise<DecidedSession> => {
      requireAwaited(method)
      const { session, contract } = contracts.decide(ref, state, mchid)
      if (contract !== undefined) await events.signed(contract)
      const { out_contract_code } = session.request
      return { pre_entrustweb_id: session.id, out_contract_code, state }
    }
  const terminate: Terminate = async (key, by = 'user') => {
    requireAwaited('terminate')
    requireValue('by', by, oneOf('user', 'merchant'))
    const contract = contracts.find(readContractKey(key, 'contract'))
    if (contract === undefined) throw noContract(key)
    if (contract.body.contract_state !== 'SIGNED') throw terminatedAlready()
    if (by === 'user') contracts.terminate(contract, 'USER_TERMINATE', '用户解约')
    else contracts.terminate(contract, 'MCH_API_TERMINATE', '商户解约')
    await events.terminated(contract)
    return contract.body
  }
  return {
    user: {
      signs: decide('user.signs', 'signed'),
      abandons: decide('user.abandons', 'abandoned'),
      fails: decide('user.fails', 'failed'),
      terminates: (contract) => terminate(contract, 'user'),
    },
    terminate,
  }
}
