import type { HttpHandler } from 'msw'
import type { Contract, ContractKey } from './contracts/contract.ts'
import { readChoices } from './contracts/contract-choices.ts'
import {
  ContractBook,
  MockStateError,
  type SessionEntry,
  type SessionRef,
  type SessionState,
} from './contracts/contracts.ts'
import { createEvents } from './contracts/notify-outcome.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import { createFetchDelivery } from './notifications/deliver.ts'
import type { Delivery } from './notifications/notification.ts'
import { createNotifications, type Notifications } from './notifications/notifications.ts'
import { createNotifier, retryDelays } from './notifications/notifier.ts'
import type { MockOptions } from './options.ts'
import { type Clock, createClock, type MockClock } from './platform/clock.ts'
import { type Change, createFeed } from './platform/feed.ts'
import { mockIdentity } from './platform/identity.ts'
import { mockKeys } from './platform/keys.ts'
import { createPlatform, type Platform } from './platform/platform.ts'
import { createRandomHex } from './platform/random.ts'
import { createEcho } from './requests/echo.ts'
import { createHandlers } from './requests/handlers.ts'
import { createInProcessFetch, type MockFetch } from './requests/in-process-fetch.ts'
import { createOperations } from './requests/operations.ts'
import { createRequestLog, type RequestDetail, type RequestEntry } from './requests/request-log.ts'
import { createVerifier } from './requests/verify.ts'

/** The settings for a client of the mock; they match `createWeChatPay`. */
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
  /**
   * Responds like the real service, without any interception. An address that is not WeChat Pay's
   * gets 404.
   */
  readonly fetch: MockFetch
  readonly merchant: MockMerchant
  readonly user: {
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
  /**
   * Commands to the platform: certificates, the switch to the public key, permissions, the rate
   * limit.
   */
  readonly platform: Platform
  /** The notifications: wait for them, read, repeat and spoil them. */
  readonly notifications: Notifications
  /**
   * The user terminates the contract in WeChat, or the merchant terminates it without this API.
   *
   * @throws {MockStateError}
   */
  terminate(contract: ContractKey, by?: 'user' | 'merchant'): Promise<Contract>
  /** Attempts to deliver notifications, oldest first. */
  deliveries(): Delivery[]
  /** Requests received, oldest first; the latest 10,000. */
  requests(): RequestEntry[]
  /**
   * One request with headers, body, response, and how it was verified; stored for the latest 1,000.
   */
  request(id: number): RequestDetail | undefined
  /** Calls the listener at each change until the returned function is called. */
  subscribe(listener: (change: Change) => void): () => void
  /** The faults of responses, by name. */
  readonly faults: Faults
  /** The signing sessions, oldest first. */
  sessions(): SessionEntry[]
  /** The contracts, as in the query's response. */
  contracts(): Contract[]
  readonly clock: MockClock
  /**
   * Forgets everything that happened, all commands and all advances of the clock. Keeps the keys.
   */
  reset(): void
}

/**
 * Makes a mock of WeChat Pay. It verifies request signatures, signs its responses, and sends signed
 * and encrypted notifications when the user signs. Two mocks share nothing.
 *
 * @throws TypeError for an option with an invalid value
 * @example
 * ```ts
 * import { createMock } from '@wechatpay-entrust/mock'
 *
 * const mock = createMock()
 * const response = await mock.fetch('https://api.mch.weixin.qq.com/v3/certificates') // 401: not signed
 * ```
 */
export function createMock(options: MockOptions = {}): Mock {
  const identity = mockIdentity(options.mchid ?? mockKeys.mchid)
  const {
    deliver = createFetchDelivery(options),
    log = () => undefined,
    notifyTermination = true,
  } = options
  const clock: Clock = options.clock ?? (() => Date.now())
  const feed = createFeed()
  const random = createRandomHex(options.seed)
  const { randomHex } = random
  const scheduler = createClock(options.clock, feed)
  const { now } = scheduler
  const choices = readChoices(options)
  const contracts = new ContractBook({ clock: now, choices, randomHex, feed })
  const { notificationKey, rateLimit } = options
  const platform = createPlatform({ identity, now, notificationKey, rateLimit, feed })
  const requests = createRequestLog(identity)
  const verifier = createVerifier({ identity, clock, rejectReplays: options.rejectReplays ?? true })
  const delays = options.retryDelays ?? retryDelays
  const notifier = createNotifier({
    identity,
    scheduler,
    clock,
    delays,
    deliver,
    randomHex,
    feed,
    log,
  })
  const notifications = createNotifications(notifier)
  const events = createEvents({ notifier, platform, notifyTermination })
  const operations = createOperations({ identity, platform, randomHex, contracts, events })
  const faults = createFaults(feed)
  const responding = { identity, platform, clock, verifier, requests, faults, randomHex, feed, log }
  const handlers = createHandlers({
    ...responding,
    operations,
    echo: createEcho({ identity, platform, notifier }),
  })

  const decide = async (
    ref: SessionRef,
    decision: 'signed' | 'abandoned' | 'failed',
  ): Promise<DecidedSession> => {
    const { session, contract } = contracts.decide(ref, decision, identity.mchid)
    if (contract !== undefined) await events.signed(contract)
    const { out_contract_code } = session.request
    return { pre_entrustweb_id: session.id, out_contract_code, state: decision }
  }
  const terminate: Mock['terminate'] = async (key, by = 'user') => {
    const contract = contracts.find(key)
    if (contract === undefined)
      throw new MockStateError('NOT_FOUND', 'No contract has this service_id and out_contract_code')
    if (contract.body.contract_state !== 'SIGNED')
      throw new MockStateError('CONFLICT', 'The contract is terminated already')
    if (by === 'user') contracts.terminate(contract, 'USER_TERMINATE', '用户解约')
    else contracts.terminate(contract, 'MCH_API_TERMINATE', '商户解约')
    await events.terminated(contract)
    return contract.body
  }

  return {
    handlers,
    fetch: createInProcessFetch(handlers, randomHex),
    merchant: mockMerchant(identity.mchid),
    user: {
      signs: (session) => decide(session, 'signed'),
      abandons: (session) => decide(session, 'abandoned'),
      fails: (session) => decide(session, 'failed'),
      terminates: (contract) => terminate(contract, 'user'),
    },
    platform,
    notifications,
    terminate,
    deliveries: notifier.deliveries,
    requests: requests.list,
    request: requests.find,
    subscribe: feed.subscribe,
    faults,
    sessions: () => contracts.sessions(),
    contracts: () => contracts.list(),
    clock: scheduler,
    reset() {
      for (const part of [
        contracts,
        requests,
        verifier,
        notifier,
        notifications,
        scheduler,
        platform,
        random,
      ])
        part.reset()
      faults.clear()
      feed.emit({ type: 'reset' })
    },
  }
}

function mockMerchant(mchid: string): MockMerchant {
  const { apiV3Key, merchant, platform, publicKey } = mockKeys
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
