import type { HttpHandler } from 'msw'
import { type Clock, createClock, type MockClock } from './clock.ts'
import {
  type Contract,
  ContractBook,
  type ContractChoices,
  type ContractKey,
  MockStateError,
  type SessionRef,
  type SessionState,
} from './contracts.ts'
import { createFetchDelivery, type Deliver, type DeliveryPolicy } from './deliver.ts'
import { createEvents, type NotificationKey } from './events.ts'
import { createFaults, type Faults } from './faults.ts'
import { createHandlers } from './handlers.ts'
import { mockIdentity } from './identity.ts'
import { createInProcessFetch } from './in-process-fetch.ts'
import { mockKeys } from './keys.ts'
import { createNotifier, type Delivery } from './notifier.ts'
import { createOperations } from './operations.ts'
import { createRandomHex } from './random.ts'
import { createRequestLog, type RequestEntry } from './request-log.ts'
import { createVerifier } from './verify.ts'

export interface MockOptions extends DeliveryPolicy {
  /** The base clock: the time on signatures, and where the mock's own time starts from. Default: the system's. */
  readonly clock?: Clock
  /** Sends a notification. Default: the global `fetch`, to loopback and `allowNotifyHosts` only. */
  readonly deliver?: Deliver
  /** Which key signs notifications. Default: the one that signed the pre-sign answer. */
  readonly notificationKey?: NotificationKey | undefined
  /** Whether a termination sends a notification to the `notify_url` of the signing. Default: true. */
  readonly notifyTermination?: boolean
  /** Whether a repeated nonce is refused. Default: true. */
  readonly refuseReplays?: boolean
  /** {@link ContractChoices.unsignedCode}. Default: `allow`. */
  readonly unsignedCode?: ContractChoices['unsignedCode']
  /** {@link ContractChoices.contractNotFound}. Default: 404 `RESOURCE_NOT_EXISTS`. */
  readonly contractNotFound?: ContractChoices['contractNotFound']
  /** Takes a line for the developer: a notification that could not be delivered, a fault of the mock. Default: dropped. */
  readonly log?: (line: string) => void
}

/** What a client of the mock is configured with; it fits `createWeChatPay`. */
export interface MockMerchant {
  readonly mchid: string
  readonly serialNumber: string
  readonly privateKey: string
  readonly apiV3Key: string
  readonly publicKey: { readonly id: string; readonly pem: string }
  readonly platformCertificates: readonly string[]
  readonly allowMockKeys: true
}

/** The session after the user's decision. */
export interface DecidedSession {
  readonly pre_entrustweb_id: string
  readonly out_contract_code: string
  readonly state: SessionState
}

export type { SessionRef }

export interface Mock {
  /** For your own MSW set-up: `setupServer(...mock.handlers)`. */
  readonly handlers: readonly HttpHandler[]
  /** Answers like the real service, without any interception; an address that is not WeChat Pay's gets 404. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  readonly merchant: MockMerchant
  readonly user: {
    /** The user signs. Resolves when the first attempt to deliver the notification has ended. @throws {MockStateError} */
    signs(session: SessionRef): Promise<DecidedSession>
    /** The user gives up: no notification (放弃签约或签约失败则不通知). @throws {MockStateError} */
    abandons(session: SessionRef): Promise<DecidedSession>
  }
  /** The user terminates the contract in WeChat. @throws {MockStateError} */
  terminate(contract: ContractKey): Promise<Contract>
  /** Attempts to deliver notifications, oldest first. */
  deliveries(): Delivery[]
  /** Requests received, oldest first. */
  requests(): RequestEntry[]
  /** What shall go wrong, by name. */
  readonly faults: Faults
  /** The contracts as the query answers them. */
  contracts(): Contract[]
  readonly clock: MockClock
  /** Forgets sessions, contracts, deliveries, requests, nonces, faults and what was advanced; keeps the keys. */
  reset(): void
}

/**
 * Makes a mock WeChat Pay: it checks request signatures, signs its answers, and sends signed and sealed notifications
 * when the user signs. Two mocks share nothing.
 *
 * @example
 * ```ts
 * import { createMock } from '@wechatpay-entrust/mock'
 *
 * const mock = createMock()
 * const answer = await mock.fetch('https://api.mch.weixin.qq.com/v3/certificates') // 401: nothing was signed
 * ```
 */
export function createMock(options: MockOptions = {}): Mock {
  const identity = mockIdentity()
  const { deliver = createFetchDelivery(options), log = () => undefined } = options
  const clock: Clock = options.clock ?? (() => Date.now())
  const scheduler = createClock(options.clock)
  const contracts = new ContractBook(scheduler.now, {
    unsignedCode: options.unsignedCode ?? 'allow',
    contractNotFound: options.contractNotFound ?? { status: 404, code: 'RESOURCE_NOT_EXISTS' },
  })
  const requests = createRequestLog()
  const verifier = createVerifier({ identity, clock, refuseReplays: options.refuseReplays ?? true })
  const notifier = createNotifier({ identity, scheduler, clock, deliver, log })
  const { notificationKey, notifyTermination = true } = options
  const events = createEvents({ identity, notifier, notificationKey, notifyTermination })
  const operations = createOperations({ identity, contracts, events })
  const faults = createFaults()
  const randomHex = createRandomHex(undefined)
  const handlers = createHandlers({ identity, clock, verifier, operations, requests, faults, randomHex, log })

  const decide = async (session: SessionRef, decision: 'signed' | 'abandoned'): Promise<DecidedSession> => {
    const decided = contracts.decide(session, decision, identity.mchid)
    const { id, request } = decided.session
    const { out_contract_code } = request
    if (decided.contract !== undefined) await events.signed(decided.contract)
    return { pre_entrustweb_id: id, out_contract_code, state: decision }
  }

  return {
    handlers,
    fetch: createInProcessFetch(handlers, randomHex),
    merchant: mockMerchant(),
    user: { signs: (session) => decide(session, 'signed'), abandons: (session) => decide(session, 'abandoned') },
    async terminate(key) {
      const contract = contracts.find(key)
      if (contract === undefined)
        throw new MockStateError('NOT_FOUND', 'No contract has this service_id and out_contract_code')
      if (contract.body.contract_state !== 'SIGNED')
        throw new MockStateError('CONFLICT', 'The contract is terminated already')
      contracts.terminate(contract, 'USER_TERMINATE', '用户解约')
      await events.terminated(contract)
      return contract.body
    },
    deliveries: notifier.deliveries,
    requests: requests.list,
    contracts: () => contracts.list(),
    faults: { add: faults.add, clear: faults.clear, list: faults.list },
    clock: { now: scheduler.now, advance: scheduler.advance },
    reset() {
      for (const part of [contracts, requests, verifier, notifier, scheduler]) part.reset()
      faults.clear()
    },
  }
}

function mockMerchant(): MockMerchant {
  const { mchid, apiV3Key, merchant, platform, publicKey } = mockKeys
  return {
    mchid,
    serialNumber: merchant.serialNumber,
    privateKey: merchant.privateKey,
    apiV3Key,
    publicKey: { id: publicKey.id, pem: publicKey.publicKey },
    platformCertificates: [platform.certificate],
    allowMockKeys: true,
  }
}
