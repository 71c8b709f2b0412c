import { formatTime } from '@wechatpay-entrust/notification/platform'
import { isSameJson } from '../arguments/same-json.ts'
import { MockStateError } from '../mock-state-error.ts'
import type { Clock } from '../platform/clock.ts'
import type { Feed } from '../platform/feed.ts'
import type { Signer } from '../platform/identity.ts'
import type { RandomHex } from '../platform/random.ts'
import { Rejection } from '../requests/error-response.ts'
import { type Contract, type ContractKey, type PreSignRequest, signedContract } from './contract.ts'
import type { ContractChoices } from './contract-choices.ts'
import { noSession, readSessionRef, type SessionRef } from './references.ts'

export type SessionState = 'open' | 'signed' | 'abandoned' | 'failed' | 'expired'

/** A signing session (签约会话), opened by a pre-sign request. */
export interface Session {
  readonly id: string
  readonly request: PreSignRequest
  /** The key that signed the last response about this session. */
  signer: Signer
  readonly expiresAt: number
  state: SessionState
}

/** A contract, and the session that its notifications need. */
export interface SignedContract {
  body: Contract
  readonly session: Session
}

/** A session as the mock shows it. */
export interface SessionEntry {
  readonly pre_entrustweb_id: string
  readonly state: SessionState
  /** RFC 3339, by the mock's clock. */
  readonly expires_at: string
  readonly request: PreSignRequest
}

export interface ContractBookOptions {
  readonly clock: Clock
  readonly choices: ContractChoices
  readonly randomHex: RandomHex
  readonly feed: Feed
}

const sessionMilliseconds = 2 * 3_600_000

/** Sessions and contracts of one merchant, by the mock's clock. */
export class ContractBook {
  readonly #clock: Clock
  readonly choices: ContractChoices
  readonly #randomHex: RandomHex
  readonly #feed: Feed
  readonly #sessions = new Map<string, Session>()
  /** The latest session of each code. */
  readonly #byCode = new Map<string, Session>()
  readonly #contracts = new Map<string, SignedContract>()

  constructor({ clock, choices, randomHex, feed }: ContractBookOptions) {
    this.#clock = clock
    this.choices = choices
    this.#randomHex = randomHex
    this.#feed = feed
  }

  /**
   * Opens a session, or returns the open session that the same parameters opened before, so a repeat
   * is safe. Rejects other parameters for a code in use. Rejects a code that has a contract,
   * terminated or not: it cannot be used again after termination (同一个协议号解约后无法重复使用). The error code
   * of the real service is not documented.
   */
  preSign(request: PreSignRequest, signer: Signer): Session {
    const code = codeOf(request)
    const contract = this.#contracts.get(code)
    if (contract !== undefined) {
      const terminated = contract.body.contract_state === 'TERMINATED'
      throw this.#inUse(
        terminated ? '商户签约协议号已解约，无法重复使用' : '商户签约协议号已签约，无法重复使用',
        `out_contract_code has a contract, ${terminated ? 'terminated' : 'signed'}`,
      )
    }
    const before = this.#byCode.get(code)
    if (before !== undefined && this.#stateOf(before) === 'open') {
      if (!isSameJson(before.request, request))
        throw this.#inUse(
          '请求重入时参数与首次不一致',
          'out_contract_code is in use with other parameters',
        )
      if (this.choices.repeatedPreSign === 'same-session') {
        before.signer = signer
        return before
      }
    }
    if (before !== undefined && before.state !== 'open' && this.choices.unsignedCode === 'refuse') {
      throw this.#inUse(
        '商户签约协议号已使用，请更换',
        `out_contract_code was used by a session that is ${before.state}`,
      )
    }
    const session: Session = {
      id: this.#randomHex(16),
      request,
      signer,
      expiresAt: this.#clock() + sessionMilliseconds,
      state: 'open',
    }
    this.#sessions.set(session.id, session)
    this.#byCode.set(code, session)
    this.#feed.emit({ type: 'session', id: session.id })
    return session
  }

  /** Applies the user's decision to an open session. */
  decide(
    ref: SessionRef,
    decision: 'signed' | 'abandoned' | 'failed',
    mchid: string,
  ): { session: Session; contract: SignedContract | undefined } {
    const session = this.#findSession(ref)
    const state = this.#stateOf(session)
    if (state !== 'open')
      throw new MockStateError('CONFLICT', {
        slot: 'session',
        found: `one that is ${state}`,
        expected: `an open one, which can become ${decision}`,
        remedy: {
          en: 'Pre-sign again for a new session.',
          zh: '请重新预签约以获取新的签约会话。',
        },
      })
    session.state = decision
    this.#feed.emit({ type: 'session', id: session.id })
    if (decision !== 'signed') return { session, contract: undefined }
    const contract = {
      body: signedContract(session.request, mchid, formatTime(this.#clock()), this.#randomHex),
      session,
    }
    this.#contracts.set(codeOf(session.request), contract)
    this.#feed.emit({ type: 'contract', id: contract.body.contract_id })
    return { session, contract }
  }

  find(key: ContractKey): SignedContract | undefined {
    return this.#contracts.get(codeOf(key))
  }

  query(key: ContractKey): SignedContract {
    const contract = this.find(key)
    if (contract !== undefined) return contract
    const { status, code } = this.choices.contractNotFound
    throw new Rejection(
      status,
      { code, message: '签约协议不存在' },
      'no contract has this service_id and out_contract_code',
    )
  }

  terminate(
    contract: SignedContract,
    mode: 'MCH_API_TERMINATE' | 'USER_TERMINATE',
    remark: string,
  ): void {
    contract.body = {
      ...contract.body,
      contract_state: 'TERMINATED',
      contract_terminate_info: {
        contract_termination_mode: mode,
        contract_terminated_time: formatTime(this.#clock()),
        contract_termination_remark: remark,
      },
    }
    this.#feed.emit({ type: 'contract', id: contract.body.contract_id })
  }

  sessions(): SessionEntry[] {
    return [...this.#sessions.values()].map((session) => ({
      pre_entrustweb_id: session.id,
      state: this.#stateOf(session),
      expires_at: formatTime(session.expiresAt),
      request: session.request,
    }))
  }

  list(): Contract[] {
    return [...this.#contracts.values()].map(({ body }) => body)
  }

  reset(): void {
    for (const store of [this.#sessions, this.#byCode, this.#contracts]) store.clear()
  }

  #inUse(message: string, reason: string): Rejection {
    const { status, code } = this.choices.codeInUse
    return new Rejection(status, { code, message }, reason)
  }

  #findSession(ref: SessionRef): Session {
    const found = readSessionRef(ref)
    const session =
      typeof found === 'string' ? this.#sessions.get(found) : this.#byCode.get(codeOf(found))
    if (session === undefined) throw noSession(found)
    return session
  }

  #stateOf(session: Session): SessionState {
    if (session.state === 'open' && this.#clock() >= session.expiresAt) session.state = 'expired'
    return session.state
  }
}

const codeOf = ({ service_id, out_contract_code }: ContractKey): string =>
  `${service_id}/${out_contract_code}`

/** The order of the members does not matter. */
