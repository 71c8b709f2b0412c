import type { HttpHandler } from 'msw'
import { requireOptions } from './arguments/require-values.ts'
import type { Contract } from './contracts/contract.ts'
import { readChoices } from './contracts/contract-choices.ts'
import { ContractBook, type SessionEntry } from './contracts/contracts.ts'
import { createDecisions, type Terminate, type User } from './contracts/decisions.ts'
import { createEvents } from './contracts/notify-outcome.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import { type MockMerchant, mockMerchant } from './merchant.ts'
import { rememberParts } from './mock-parts.ts'
import { createFetchDelivery, isOverNetwork } from './notifications/deliver.ts'
import { createLastRequest } from './notifications/last-request.ts'
import type { Delivery } from './notifications/notification.ts'
import { createNotifications, type Notifications } from './notifications/notifications.ts'
import { createNotifier, retryDelays } from './notifications/notifier.ts'
import { listOperations } from './operations/operation-list.ts'
import type { AnyOperationId } from './operations/played-operation.ts'
import { readSpecs } from './operations/read-specs.ts'
import { type MockOptions, mockOptionTypes } from './options.ts'
import { OrderBook } from './orders/order-book.ts'
import { type Clock, createClock, type MockClock } from './platform/clock.ts'
import { type Change, createFeed } from './platform/feed.ts'
import { mockIdentity } from './platform/identity.ts'
import { mockKeys } from './platform/keys.ts'
import { createPlatform, type Platform } from './platform/platform.ts'
import { createRandomHex } from './platform/random.ts'
import { createMockReport } from './report.ts'
import { createEcho } from './requests/echo.ts'
import { createHandlerUse } from './requests/handler-use.ts'
import { createHandlers } from './requests/handlers.ts'
import { createInProcessFetch, type MockFetch } from './requests/in-process-fetch.ts'
import { createOperations } from './requests/operations.ts'
import { createRequestLog, type RequestDetail, type RequestEntry } from './requests/request-log.ts'
import { createTargets } from './requests/targets.ts'
import { createVerifier } from './requests/verify.ts'
import { createResponses, type Respond } from './responses/responses.ts'
import {
  createSampler,
  type OperationEntry,
  type OperationSample,
  ownValues,
} from './samples/sampler.ts'

export interface Mock {
  /**
   * For your own MSW set-up: `setupServer(...mock.handlers)`. Two mocks in one set-up need different
   * `mchid`: with the same one, the first mock gets every request, which is reported to `log` or to
   * the console.
   */
  readonly handlers: readonly HttpHandler[]
  /**
   * Responds like the real service, without any interception. An address that is not WeChat Pay's
   * gets 404.
   */
  readonly fetch: MockFetch
  readonly merchant: MockMerchant
  /** What the user does in WeChat. */
  readonly user: User
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
  readonly terminate: Terminate
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
  /** A response of your own to any path under `/v3/`: {@link Respond}. */
  readonly respond: Respond
  /** The operations that the mock plays: ours, and those of the option `spec`. */
  operations(): OperationEntry[]
  /**
   * Valid arguments of an operation, and the data of its response: the examples of the document, or
   * made from the schemas.
   *
   * @throws {ConfigurationError} for an id that the mock does not have
   */
  sample(operation: AnyOperationId): OperationSample
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
 * @throws {ConfigurationError} for an unknown or invalid option
 * @example
 * ```ts
 * import { createMock } from '@wechatpay-entrust/mock'
 *
 * const mock = createMock()
 * const response = await mock.fetch('https://api.mch.weixin.qq.com/v3/certificates') // 401: not signed
 * ```
 */
export function createMock(options: MockOptions = {}): Mock {
  requireOptions(options, mockOptionTypes)
  const { allowNotifyHosts } = options
  const identity = mockIdentity(options.mchid ?? mockKeys.mchid)
  const {
    deliver = createFetchDelivery(allowNotifyHosts && { allowNotifyHosts }),
    notifyTermination = true,
  } = options
  const clock: Clock = options.clock ?? (() => Date.now())
  const report = createMockReport(options)
  const feed = createFeed()
  const random = createRandomHex(options.seed)
  const { randomHex } = random
  const scheduler = createClock(options.clock, feed)
  const { now } = scheduler
  const choices = readChoices(options)
  const contracts = new ContractBook({ clock: now, choices, randomHex, feed })
  const orders = new OrderBook({ mchid: identity.mchid, clock: now, randomHex })
  const { notificationKey, rateLimit } = options
  const operations = listOperations(readSpecs(options.spec))
  const platform = createPlatform({ identity, now, notificationKey, rateLimit, operations, feed })
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
    report,
  })
  const lastRequest = createLastRequest()
  const notifications = createNotifications({
    ...{ notifier, lastRequest, platform, requireAwaited: scheduler.requireAwaited },
    isDeliveredByTest: !isOverNetwork(deliver),
  })
  const events = createEvents({ notifier, platform, notifyTermination })
  const faults = createFaults(feed, operations)
  const responses = createResponses()
  const known = ownValues(identity)
  const findTarget = createTargets({
    list: operations,
    play: createOperations({
      identity,
      platform,
      randomHex,
      contracts,
      orders,
      events,
      known,
      now,
    }),
    responses,
    echo: createEcho({ identity, platform, notifier }),
    lastRequest,
    report,
  })
  const responding = {
    identity,
    platform,
    clock,
    verifier,
    requests,
    faults,
    randomHex,
    feed,
    report,
  }
  const use = createHandlerUse(identity.mchid, report)
  const handlers = createHandlers({
    ...responding,
    onIntercepted: use.receive,
    onRemoved: use.leave,
    findTarget,
  })

  const { advance, requireAwaited } = scheduler
  const { mchid } = identity
  const decisions = createDecisions({ contracts, events, mchid, requireAwaited })
  const settled = <Result>(method: string, call: () => Result): (() => Result) => {
    return () => {
      requireAwaited(method)
      return call()
    }
  }

  const mock: Mock = {
    get handlers() {
      use.give()
      return handlers
    },
    fetch: createInProcessFetch(handlers, randomHex),
    merchant: mockMerchant(identity.mchid),
    ...decisions,
    platform,
    notifications,
    deliveries: settled('deliveries', notifier.deliveries),
    requests: settled('requests', requests.list),
    request: requests.find,
    subscribe: feed.subscribe,
    faults,
    respond: responses.respond,
    ...createSampler(operations, known, now),
    sessions: settled('sessions', () => contracts.sessions()),
    contracts: settled('contracts', () => contracts.list()),
    clock: {
      now,
      advance,
      get frozen() {
        return scheduler.frozen
      },
      freeze: settled('clock.freeze', scheduler.freeze),
      resume: settled('clock.resume', scheduler.resume),
    },
    reset() {
      for (const part of [
        contracts,
        orders,
        requests,
        verifier,
        notifier,
        notifications,
        scheduler,
        platform,
        random,
        lastRequest,
      ])
        part.reset()
      faults.clear()
      responses.clear()
      feed.emit({ type: 'reset' })
    },
  }
  rememberParts(mock, { handlers, faults, operations, responses })
  return mock
}
